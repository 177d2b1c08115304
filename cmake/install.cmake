# What `cmake --install` puts where.
install(TARGETS hromada hromada_static EXPORT hromada-targets
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/hromada DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/include/hromada/config.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hromada)
get_property(hromada_programs GLOBAL PROPERTY HROMADA_PROGRAMS) # examples/CMakeLists.txt
if(hromada_programs)
    install(TARGETS ${hromada_programs} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
