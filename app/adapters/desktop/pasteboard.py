"""The mark for secrets on the pasteboard of macOS, which Qt has no door to."""

from __future__ import annotations

import ctypes
import ctypes.util

CONCEALED = b"org.nspasteboard.ConcealedType"


def conceal() -> None:
    """Add the mark to what the general pasteboard holds (nspasteboard.org: any value will do). Only for macOS."""
    objc = ctypes.CDLL(ctypes.util.find_library("objc"))
    objc.objc_getClass.restype = ctypes.c_void_p
    objc.objc_getClass.argtypes = [ctypes.c_char_p]
    objc.sel_registerName.restype = ctypes.c_void_p
    objc.sel_registerName.argtypes = [ctypes.c_char_p]

    def send(receiver: int | None, selector: bytes, *arguments: int | bytes | None) -> int | None:
        kinds = [ctypes.c_char_p if isinstance(each, bytes) else ctypes.c_void_p for each in arguments]
        prototype = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *kinds)
        answer: int | None = prototype(("objc_msgSend", objc))(receiver, objc.sel_registerName(selector), *arguments)
        return answer

    string = objc.objc_getClass(b"NSString")
    kind = send(string, b"stringWithUTF8String:", CONCEALED)
    empty = send(string, b"stringWithUTF8String:", b"")
    board = send(objc.objc_getClass(b"NSPasteboard"), b"generalPasteboard")
    kinds = send(objc.objc_getClass(b"NSArray"), b"arrayWithObject:", kind)
    send(board, b"addTypes:owner:", kinds, None)
    send(board, b"setString:forType:", empty, kind)
