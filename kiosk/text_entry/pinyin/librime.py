"""librime through its C interface (rime_api.h of 1.8.5), called without a compiler by cffi.

The process has one engine: it is set up once, for one folder, and finalised when the interpreter
leaves, because librime's destructors can crash without that. A session is used by one thread
at a time.

The folder holds what scripts/build-pinyin compiled and is only read. Nothing is written: user
dictionaries are off in the schemas, the log goes nowhere, and the deployer never runs here.
"""

import atexit
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cffi

from kiosk.errors import PinyinFault, PinyinUnavailable

LIBRARY = "librime.so.1"
BACKSPACE = 0xFF08
FATAL = 3

_FFI = cffi.FFI()
_FFI.cdef("""
typedef uintptr_t RimeSessionId;
typedef int Bool;
typedef struct {
  int data_size;
  const char *shared_data_dir, *user_data_dir;
  const char *distribution_name, *distribution_code_name, *distribution_version;
  const char *app_name;
  const char **modules;
  int min_log_level;
  const char *log_dir, *prebuilt_data_dir, *staging_dir;
} RimeTraits;
typedef struct { int length, cursor_pos, sel_start, sel_end; char *preedit; } RimeComposition;
typedef struct { char *text, *comment; void *reserved; } RimeCandidate;
typedef struct {
  int page_size, page_no;
  Bool is_last_page;
  int highlighted_candidate_index, num_candidates;
  RimeCandidate *candidates;
  char *select_keys;
} RimeMenu;
typedef struct { int data_size; char *text; } RimeCommit;
typedef struct {
  int data_size;
  RimeComposition composition;
  RimeMenu menu;
  char *commit_text_preview, **select_labels;
} RimeContext;
typedef struct { void *ptr; int index; RimeCandidate candidate; } RimeCandidateListIterator;
typedef struct {
  int data_size;
  void (*setup)(RimeTraits *);
  void *set_notification_handler;
  void (*initialize)(RimeTraits *);
  void (*finalize)(void);
  void *maintenance[3], *deployment[6];
  RimeSessionId (*create_session)(void);
  void *find_session;
  Bool (*destroy_session)(RimeSessionId);
  void *cleanup[2];
  Bool (*process_key)(RimeSessionId, int, int);
  void *commit_composition;
  void (*clear_composition)(RimeSessionId);
  Bool (*get_commit)(RimeSessionId, RimeCommit *);
  Bool (*free_commit)(RimeCommit *);
  Bool (*get_context)(RimeSessionId, RimeContext *);
  Bool (*free_context)(RimeContext *);
  void *status[2], *options[4], *schema_list[2], *current_schema;
  Bool (*select_schema)(RimeSessionId, const char *);
  void *configuration[12], *testing, *module[2], *paths[6], *setters[13];
  const char *(*get_input)(RimeSessionId);
  void *get_caret_pos;
  Bool (*select_candidate)(RimeSessionId, size_t);
  const char *(*get_version)(void);
  void *set_caret_pos, *select_candidate_on_current_page;
  void *candidate_list_begin;
  Bool (*candidate_list_next)(RimeCandidateListIterator *);
  void (*candidate_list_end)(RimeCandidateListIterator *);
  void *user_config_open;
  Bool (*candidate_list_from_index)(RimeSessionId, RimeCandidateListIterator *, int);
} RimeApi;
RimeApi *rime_get_api(void);
""")


@dataclass(frozen=True, slots=True)
class Composition:
    """`text` is what is chosen already, then the letters in syllables; `chosen` counts the
    characters that are chosen."""

    text: str = field(default="", repr=False)
    chosen: int = 0


class Librime:
    """Raises PinyinUnavailable when there is no library, or nothing compiled in `folder`. Opening
    reads all that is compiled (9 MB), so it belongs on a worker."""

    def __init__(self, folder: Path, name: str = LIBRARY) -> None:
        if not (folder / "default.yaml").exists():
            raise PinyinUnavailable(PinyinFault.NOT_BUILT)
        try:
            library: Any = _FFI.dlopen(name)
        except OSError:
            raise PinyinUnavailable(PinyinFault.NO_LIBRARY) from None
        compiled = tuple(folder.glob("*.bin"))
        for file in compiled:
            # librime maps these: read here, the first letter typed does not wait for the disk.
            file.read_bytes()
        self._compiled = frozenset(file.name for file in compiled)
        self._api = library.rime_get_api()
        place = _FFI.new("char[]", str(folder).encode())
        application = _FFI.new("char[]", b"rime.kiosk")
        nowhere = _FFI.new("char[]", b"")
        traits = _sized("RimeTraits *")
        traits.shared_data_dir = traits.user_data_dir = place
        traits.prebuilt_data_dir = traits.staging_dir = place
        traits.app_name = application
        traits.min_log_level = FATAL
        traits.log_dir = nowhere
        self._api.setup(traits)
        self._api.initialize(_FFI.NULL)
        atexit.register(self._api.finalize)

    def session(self, schema: str) -> "Session":
        """Raises PinyinUnavailable when the schema's dictionary is not compiled, of which librime
        says nothing."""
        if f"{schema}.table.bin" not in self._compiled:
            raise PinyinUnavailable(PinyinFault.NOT_BUILT)
        return Session(self._api, schema)


class Session:
    """One composition by one schema."""

    def __init__(self, api: Any, schema: str) -> None:
        self._api = api
        self._id = api.create_session()
        api.select_schema(self._id, schema.encode())

    def press(self, key: int) -> bool:
        """Whether the key meant something to the composition. Keys as X11 numbers them."""
        return bool(self._api.process_key(self._id, key, 0))

    def choose(self, index: int) -> None:
        self._api.select_candidate(self._id, index)

    def clear(self) -> None:
        self._api.clear_composition(self._id)

    def take_committed(self) -> str:
        """What was finished since the last call."""
        commit = _sized("RimeCommit *")
        if not self._api.get_commit(self._id, commit):
            return ""
        text = _text(commit.text)
        self._api.free_commit(commit)
        return text

    def composition(self) -> Composition:
        context = _sized("RimeContext *")
        if not self._api.get_context(self._id, context):
            return Composition()
        composition = context.composition
        if composition.length:
            written = bytes(_FFI.string(composition.preedit))
            found = Composition(
                written.decode(), len(written[: composition.sel_start].decode())
            )
        else:
            found = Composition()
        self._api.free_context(context)
        return found

    def letters(self) -> str:
        """All that was typed and is not committed yet."""
        return _text(self._api.get_input(self._id))

    def candidates(self, start: int) -> Iterator[str]:
        """From the one numbered `start` on, the best first; worked out one by one."""
        iterator = _FFI.new("RimeCandidateListIterator *")
        if not self._api.candidate_list_from_index(self._id, iterator, start):
            return
        try:
            while self._api.candidate_list_next(iterator):
                yield _text(iterator.candidate.text)
        finally:
            self._api.candidate_list_end(iterator)

    def close(self) -> None:
        self._api.destroy_session(self._id)


def _sized(kind: str) -> Any:
    """A structure that says how large it is: rime_api.h's RIME_STRUCT_INIT."""
    made = _FFI.new(kind)
    made.data_size = _FFI.sizeof(made[0]) - _FFI.sizeof("int")
    return made


def _text(pointer: Any) -> str:
    return bytes(_FFI.string(pointer)).decode()
