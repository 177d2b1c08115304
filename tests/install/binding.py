"""libhromada from Python with nothing but ctypes: a layer from WKB, a table, a formula, its column read without a copy, and
an error's text. Run as: python3 binding.py /path/to/libhromada.so"""

import struct
import sys
from ctypes import (CDLL, POINTER, Structure, addressof, byref, c_bool, c_char_p, c_double, c_int32, c_int64, c_size_t,
                    c_uint8, c_uint32, c_void_p, cast, sizeof)

hrm = CDLL(sys.argv[1])

# -- what the headers say: structs field by field, and the calls that return something other than a status ----------------

BYTES = POINTER(c_uint8)
TEXTS = POINTER(c_char_p)


class LayerInput(Structure):  # hrm_layer_input, layer.h
    _fields_ = [("struct_size", c_uint32), ("reserved", c_uint32), ("count", c_size_t), ("codes", TEXTS),
                ("wkb", POINTER(BYTES)), ("wkb_sizes", POINTER(c_size_t)), ("crs", c_char_p),
                ("feature_ids", POINTER(c_int64)), ("names_uk", TEXTS), ("names_en", TEXTS), ("raion_uk", TEXTS),
                ("raion_en", TEXTS), ("oblast_uk", TEXTS), ("oblast_en", TEXTS),
                ("official_area_m2", POINTER(c_double)), ("source", c_char_p)]


class ColumnInfo(Structure):  # hrm_column_info, table.h
    _fields_ = [("struct_size", c_uint32), ("direction", c_int32), ("rollup", c_int32), ("is_text", c_int32),
                ("id", c_char_p), ("unit", c_char_p), ("title_en", c_char_p), ("title_uk", c_char_p),
                ("source", c_char_p), ("weight", c_char_p)]


for name, result in {"hrm_version": c_char_p, "hrm_has_io": c_bool, "hrm_error_message": c_char_p,
                     "hrm_status_name": c_char_p, "hrm_layer_key": c_char_p, "hrm_layer_area_m2": c_double,
                     "hrm_layer_count": c_size_t, "hrm_table_values": c_void_p, "hrm_table_find": c_size_t,
                     "hrm_formula_input": c_char_p, "hrm_context_free": None, "hrm_layer_free": None,
                     "hrm_table_free": None, "hrm_formula_free": None, "hrm_layer_input_init": None,
                     "hrm_column_info_init": None}.items():
    getattr(hrm, name).restype = result
HRM_OK, HRM_ERROR_FORMULA, HRM_LEVEL_COMMUNITY = 0, 40, 3


class Failure(Exception):
    """A call that failed: its status and the library's own sentence."""


context = c_void_p()
if hrm.hrm_context_new(None, byref(context)) != HRM_OK:
    raise MemoryError


def check(status):
    if status != HRM_OK:
        raise Failure(hrm.hrm_status_name(status).decode(), hrm.hrm_error_message(context).decode())


def handle(function, *arguments):
    """Calls hrm_status f(ctx, arguments…, thing **out) and gives the thing."""
    out = c_void_p()
    check(function(context, *arguments, byref(out)))
    return out


# -- two communities, half a degree wide ---------------------------------------------------------------------------------


def square(west, south, size):
    ring = [(west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south)]
    return struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring)


wkb = [square(30.0, 50.0, 0.5), square(30.5, 50.0, 0.5)]
buffers = [(c_uint8 * len(one)).from_buffer_copy(one) for one in wkb]

given = LayerInput()
hrm.hrm_layer_input_init(byref(given), c_size_t(sizeof(given)))
given.count = len(wkb)
given.codes = (c_char_p * 2)(b"UA05020030000031457", b"UA0502005")  # a KATOTTG code and a P-code: one kind of key
given.wkb = (BYTES * 2)(*(cast(one, BYTES) for one in buffers))
given.wkb_sizes = (c_size_t * 2)(*map(len, wkb))
given.crs = b"EPSG:4326"
layer = handle(hrm.hrm_layer_from_wkb, byref(given))

count = hrm.hrm_layer_count(layer)
keys = [hrm.hrm_layer_key(layer, c_size_t(row)).decode() for row in range(count)]
areas = [hrm.hrm_layer_area_m2(layer, c_size_t(row)) / 1e6 for row in range(count)]
assert keys == ["0502003", "0502005"], keys
assert abs(areas[0] - areas[1]) < 1e-6 and 1950 < areas[0] < 2000, areas

# -- a table with one column, a formula over it, and its result as a column more -------------------------------------------

table = handle(hrm.hrm_table_new, layer, c_int32(HRM_LEVEL_COMMUNITY))


def add(column, unit, values):
    info = ColumnInfo()
    hrm.hrm_column_info_init(byref(info), c_size_t(sizeof(info)))
    info.id, info.unit = column, unit
    check(hrm.hrm_table_add(context, table, byref(info), values, None, None))


add(b"population", b"persons", (c_double * 2)(1200.0, float("nan")))  # missing is NaN, never 0
formula = handle(hrm.hrm_formula_compile, b"100 * population / sum(population)")
assert hrm.hrm_formula_input(formula, c_size_t(0)) == b"population"
result = (c_double * count)()
check(hrm.hrm_formula_evaluate(context, formula, layer, table, result, None))
add(b"share", b"%", result)

# Not a copy: the array is the library's own memory, which lives as long as the table (numpy.frombuffer does the same).
column = c_size_t(hrm.hrm_table_find(table, b"share"))
share = (c_double * count).from_address(hrm.hrm_table_values(table, column))
assert addressof(share) == hrm.hrm_table_values(table, column)
assert share[0] == 100.0 and share[1] != share[1], list(share)

# -- an error says what, where and what to do --------------------------------------------------------------------------------

try:
    handle(hrm.hrm_formula_compile, b"population / are(1)")
except Failure as failure:
    status, sentence = failure.args
else:
    raise AssertionError("a formula with an unknown function was compiled")
assert status == "HRM_ERROR_FORMULA" and "are" in sentence, sentence

profile = "full" if hrm.hrm_has_io() else "core"
print(f"libhromada {hrm.hrm_version().decode()}, {profile} profile, from Python: "
      f"{dict(zip(keys, share))}; {status}: {sentence}")

hrm.hrm_formula_free(formula)
hrm.hrm_table_free(table)
hrm.hrm_layer_free(layer)
hrm.hrm_context_free(context)
