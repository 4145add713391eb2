#!/bin/sh
# Makes the four font files of this folder from the full variable fonts
# (Google Fonts, woff2, latin and latin-ext). Run it only when the fonts change;
# the results are committed. Needs fonttools and brotli:
#   apt-get install fonttools python3-brotli
#
#   subset.sh FOLDER_WITH_ORIGINALS
#
# What goes: weights that no rule asks for (below 400, above 700), hinted and
# vertical metrics, fractions and other number styles, characters that Dutch,
# English and the names in their schools do not use. What stays: kerning,
# ligatures, marks, tabular figures. The two latin files together stay under 70 kB.
set -eu
from=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

latin=U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02BC,U+02C6,U+02DA,U+02DC,U+2009-200A,U+202F,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FFFD
ext=U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+1EF2-1EFF

narrow() { # file: the same font with weights 400 to 700 only
  python3 - "$from/$1.woff2" "$work/$1.ttf" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
font = TTFont(sys.argv[1], recalcTimestamp=False)
font.flavor = None
instantiateVariableFont(font, {"wght": (400, 700)}).save(sys.argv[2])
PYTHON
}

subset() { # file, characters
  narrow "$1"
  pyftsubset "$work/$1.ttf" --unicodes="$2" --flavor=woff2 --output-file="$here/$1.woff2" \
    --layout-features=kern,liga,ccmp,locl,mark,mkmk,tnum,rvrn --drop-tables+=VVAR,vhea,vmtx
}

subset atkinson-next-latin "$latin"
subset literata-latin "$latin"
subset atkinson-next-latin-ext "$ext"
subset literata-latin-ext "$ext"
wc -c "$here"/*.woff2
