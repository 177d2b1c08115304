/**
 * @file hromada.h
 * All of libhromada: communities, columns, joins, measures and indicators, and (in the full profile) files
 * and recipes.
 */
#ifndef HROMADA_HROMADA_H
#define HROMADA_HROMADA_H

#include "hromada/config.h"
#include "hromada/version.h"
#include "hromada/context.h"
#include "hromada/layer.h"
#include "hromada/codifier.h"
#include "hromada/crosswalk.h"
#include "hromada/gazetteer.h"
#include "hromada/table.h"
#include "hromada/panel.h"
#include "hromada/join.h"
#include "hromada/proximity.h"
#include "hromada/tally.h"
#include "hromada/areal.h"
#include "hromada/projects.h"
#include "hromada/formula.h"
#include "hromada/catalogue.h"
#if HRM_HAS_IO
#include "hromada/io.h"
#include "hromada/recipe.h"
#endif

#endif
