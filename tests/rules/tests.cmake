# Rules that the repository keeps, each a small script that says what breaks it and where.
find_package(Python3 COMPONENTS Interpreter REQUIRED)
set(rules ${CMAKE_CURRENT_SOURCE_DIR}/rules)

add_test(NAME rules_includes COMMAND Python3::Interpreter ${rules}/includes.py ${PROJECT_SOURCE_DIR})
add_test(NAME rules_calls COMMAND Python3::Interpreter ${rules}/calls.py ${PROJECT_SOURCE_DIR})
add_test(NAME rules_texts COMMAND Python3::Interpreter ${rules}/texts.py ${PROJECT_SOURCE_DIR})
add_test(NAME rules_headers COMMAND Python3::Interpreter ${rules}/headers.py ${CMAKE_C_COMPILER}
         ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)
if(NOT CMAKE_C_FLAGS MATCHES "-fsanitize") # sanitizers add calls and data of their own
    add_test(NAME rules_objects COMMAND Python3::Interpreter ${rules}/objects.py $<TARGET_FILE:hromada_static>)
endif()
