"""2,000 invented names and addresses with ideographs of every plane of GB 18030-2022, printed, are
what FreeType draws of them from the same faces."""

from collections import Counter

from tests.documents import names, reference

COUNT, SEED = 2000, 2022


def test_every_name_and_address_prints() -> None:
    """No receipt differs by more than the tolerances, and no character is without a glyph."""
    seen = list(names.printed(COUNT, SEED))
    characters = {character for each in seen for character in each.name + each.address}
    faces = Counter(reference.face_of(character, bold=True) for character in characters)
    worst = max(each.compared.worst for each in seen)
    most = max(each.compared.differing / each.compared.black for each in seen)
    shares = ", ".join(f"{count} by {face}" for face, count in faces.items())
    print(
        f"\n{len(seen)} receipts, {len(characters)} characters ({shares}): at most {most:.2%} of a "
        f"receipt's dots and {worst:.1%} of a glyph's differ"
    )
    assert [] == [(each.block, each.name, each.address) for each in seen if not each.right]
    assert "?" not in characters
