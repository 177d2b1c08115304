# What `cmake --install` puts where, for find_package(hromada) and for pkg-config. The installed tree can be moved.
include(CMakePackageConfigHelpers)

set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/hromada)
install(TARGETS hromada EXPORT hromada-targets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS hromada_static EXPORT hromada-static-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/hromada DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/include/hromada/config.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hromada)

# The programs under examples/ are tools as well.
get_property(programs GLOBAL PROPERTY HROMADA_PROGRAMS) # examples/CMakeLists.txt
if(programs)
    install(TARGETS ${programs} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

# Two sets of targets: who links the shared library need not have the headers of what it stands on.
install(EXPORT hromada-targets NAMESPACE hromada:: DESTINATION ${config_folder})
install(EXPORT hromada-static-targets NAMESPACE hromada:: DESTINATION ${config_folder})
set(hromada_required "")
foreach(package ${hromada_packages})
    string(APPEND hromada_required "\n    ${package} \"${hromada_module_${package}}\"")
endforeach()
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/hromada-config.cmake.in
    ${PROJECT_BINARY_DIR}/hromada-config.cmake INSTALL_DESTINATION ${config_folder} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/hromada-config-version.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/hromada-config.cmake ${PROJECT_BINARY_DIR}/hromada-config-version.cmake
        DESTINATION ${config_folder})

# Libs.private names the libraries themselves and no Requires.private their packages: the latter would pull in what static
# copies of them need, while the static library is linked with the shared ones.
set(hromada_private_libs -lm)
foreach(package ${hromada_packages})
    list(PREPEND hromada_private_libs ${${package}_LDFLAGS})
endforeach()
list(REMOVE_DUPLICATES hromada_private_libs)
list(JOIN hromada_private_libs " " hromada_private_libs)
file(RELATIVE_PATH hromada_up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" hromada_up "${hromada_up}")
configure_file(${CMAKE_CURRENT_LIST_DIR}/hromada.pc.in ${PROJECT_BINARY_DIR}/hromada.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/hromada.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
