# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps what the screen shows, for a person to look at when a test failed."""

import struct
import zlib


def _chunk(kind, content):
    return (struct.pack(">I", len(content)) + kind + content
            + struct.pack(">I", zlib.crc32(kind + content)))


def keep(framebuffer, picture):
    """Writes a PNG of what Xvfb keeps in the file `framebuffer`, which is in the format of xwd."""
    dump = framebuffer.read_bytes()
    header = struct.unpack(">25I", dump[:100])
    start, width, height, stride, colours = header[0], header[4], header[5], header[12], header[19]
    pixels = start + 12 * colours
    lines = bytearray()
    for y in range(height):
        row = dump[pixels + y * stride:pixels + y * stride + 4 * width]
        line = bytearray(3 * width)
        line[0::3], line[1::3], line[2::3] = row[2::4], row[1::4], row[0::4]
        lines += b"\0" + line
    picture.write_bytes(b"\x89PNG\r\n\x1a\n"
                        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                        + _chunk(b"IDAT", zlib.compress(bytes(lines), 6)) + _chunk(b"IEND", b""))
