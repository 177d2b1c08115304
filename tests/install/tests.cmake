# The installed library, used as strangers use it. Each builds the library anew, without sanitizers; the full profile only where
# this build has it too.
foreach(profile full core)
    if(HROMADA_IO OR profile STREQUAL "core")
        add_test(NAME install_${profile}
                 COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/install/check.sh ${PROJECT_SOURCE_DIR}
                         "${CMAKE_CURRENT_BINARY_DIR}/installed here/${profile}" ${profile})
        set_tests_properties(install_${profile} PROPERTIES TIMEOUT 1200)
    endif()
endforeach()
