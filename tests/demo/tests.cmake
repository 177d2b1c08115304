# The invented region: made again, and compared.
add_test(NAME demo_same_bytes COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/demo/same_bytes.sh ${PROJECT_SOURCE_DIR}/examples/demo)
