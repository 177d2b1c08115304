# Rules that the repository keeps, each a small script that says what breaks it and where.
find_package(Python3 COMPONENTS Interpreter REQUIRED)
set(rules ${CMAKE_CURRENT_SOURCE_DIR}/rules)

add_test(NAME rules_includes COMMAND Python3::Interpreter ${rules}/includes.py ${PROJECT_SOURCE_DIR})
add_test(NAME rules_calls COMMAND Python3::Interpreter ${rules}/calls.py ${PROJECT_SOURCE_DIR})
add_test(NAME rules_texts COMMAND Python3::Interpreter ${rules}/texts.py ${PROJECT_SOURCE_DIR})
add_test(NAME rules_twins COMMAND Python3::Interpreter ${rules}/twins.py ${PROJECT_SOURCE_DIR})
add_test(NAME rules_headers COMMAND Python3::Interpreter ${rules}/headers.py ${CMAKE_C_COMPILER}
         ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)
add_test(NAME rules_abi COMMAND Python3::Interpreter ${rules}/abi.py ${CMAKE_C_COMPILER} ${rules}/abi.txt
         ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)
if(HROMADA_IO AND HROMADA_EXAMPLES)
    add_test(NAME rules_readme COMMAND Python3::Interpreter ${rules}/readme.py $<TARGET_FILE:hromada-assess>
             ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR}/readme)
endif()
if(NOT CMAKE_C_FLAGS MATCHES "-fsanitize") # sanitizers add calls and data of their own
    add_test(NAME rules_objects COMMAND Python3::Interpreter ${rules}/objects.py $<TARGET_FILE:hromada_static>)
endif()

# Under a locale with a decimal comma, made for the occasion.
find_program(LOCALEDEF localedef)
if(HROMADA_FUZZ)
    # only fuzzers are built
elseif(LOCALEDEF AND EXISTS /usr/share/i18n/locales/uk_UA)
    set(locales ${CMAKE_CURRENT_BINARY_DIR}/locales)
    file(MAKE_DIRECTORY ${locales})
    add_test(NAME rules_make_locale COMMAND ${LOCALEDEF} -c -i uk_UA -f UTF-8 ${locales}/uk_UA.UTF-8)
    set_tests_properties(rules_make_locale PROPERTIES FIXTURES_SETUP locale)
    hromada_test(rules locale)
    set_tests_properties(rules_locale PROPERTIES FIXTURES_REQUIRED locale
        ENVIRONMENT "LOCPATH=${locales};LSAN_OPTIONS=suppressions='${rules}/glibc.supp'")
else()
    message(STATUS "SKIPPED for want of localedef and the locale uk_UA (Debian package locales): rules_locale")
endif()
