"""A virtual document camera: it looks down on a table and serves what it sees as MJPEG."""

from sandbox.document_camera.camera import CameraState, VirtualDocumentCamera

__all__ = ["CameraState", "VirtualDocumentCamera"]
