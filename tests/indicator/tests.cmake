# hromada_test(indicator name), one line each.
hromada_test(indicator catalogue)
hromada_test(indicator compute)
hromada_test(indicator formula)
if(TARGET hromada-catalogue)
    add_test(NAME indicator_catalogue_program
             COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/indicator/catalogue_program.sh $<TARGET_FILE:hromada-catalogue>)
endif()
