/*
 * From the checked tree to the recipe in memory: money and projects. Amounts of one currency and price year
 * only: they are added up, and nothing here converts them.
 */
#include "hromada/projects.h"
#include "recipe/read.h"
#include "recipe/units.h"

static hrm_status check_currency(const hrmi_reader *r, const hrmi_yaml *node) {
    bool good = strlen(node->text) == 3;
    for (size_t i = 0; good && i < 3; i++) good = node->text[i] >= 'A' && node->text[i] <= 'Z';
    if (good) return HRM_OK;
    return hrmi_read_fail(r,
                          hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                    "'%.40s' is no currency: three capital letters, as UAH, USD or EUR",
                                    node->text),
                          node->place);
}

static hrm_status check_price_year(const hrmi_reader *r, const hrmi_yaml *node) {
    bool good = strlen(node->text) == 4;
    for (size_t i = 0; good && i < 4; i++) good = node->text[i] >= '0' && node->text[i] <= '9';
    if (good) return HRM_OK;
    return hrmi_read_fail(r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'%.40s' is no year, as 2021", node->text),
                          node->place);
}

/* `currency` and `price_year` of a map, where given; each must be the one that holds for all. */
static hrm_status read_money_keys(const hrmi_reader *r, const hrmi_yaml *map, const char **currency,
                                  const char **price_year) {
    const hrmi_yaml *const c = hrmi_yaml_get(map, "currency");
    const hrmi_yaml *const y = hrmi_yaml_get(map, "price_year");
    hrm_status status = HRM_OK;
    if (c != NULL) status = check_currency(r, c);
    if (status == HRM_OK && y != NULL) status = check_price_year(r, y);
    if (c != NULL) *currency = c->text;
    if (y != NULL) *price_year = y->text;
    return status;
}

static bool same_text(const char *a, const char *b) {
    if (a == NULL || b == NULL) return a == b;
    return strcmp(a, b) == 0;
}

/* The money of one source: what it says itself, else what `money` says; and the same as that of the sources
 * before. */
static hrm_status agree_on_money(const hrmi_reader *r, const hrmi_yaml *map, bool has_money) {
    hrm_recipe *const recipe = r->recipe;
    const char *currency = has_money ? recipe->currency : NULL;
    const char *price_year = has_money ? recipe->price_year : NULL;
    const hrm_status status = read_money_keys(r, map, &currency, &price_year);
    if (status != HRM_OK) return status;
    if (currency == NULL)
        return hrmi_read_fail(
            r,
            hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                      "what money are these amounts? Give 'money: {currency: UAH}', or 'currency' "
                      "here"),
            map->place);
    if (recipe->currency == NULL) {
        recipe->currency = currency;
        recipe->price_year = price_year;
    }
    if (same_text(currency, recipe->currency) && same_text(price_year, recipe->price_year)) return HRM_OK;
    return hrmi_read_fail(r,
                          hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                    "these amounts are %s in prices of %s, the others %s in prices of %s: "
                                    "they cannot be added; convert "
                                    "them first",
                                    currency, price_year != NULL ? price_year : "each year", recipe->currency,
                                    recipe->price_year != NULL ? recipe->price_year : "each year"),
                          map->place);
}

static hrm_status read_amount(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_projects *p) {
    const hrmi_yaml *const amount = hrmi_yaml_get(map, "amount");
    const char *base = NULL;
    p->amount = amount->text;
    p->scale = 1.0;
    if (amount->kind == HRMI_YAML_TEXT) return HRM_OK;
    p->amount = hrmi_read_text(amount, "field");
    p->given_unit = hrmi_read_text(amount, "unit");
    if (p->given_unit != NULL) {
        p->scale = hrmi_unit_multiple(p->given_unit, &base);
        if (strcmp(base, r->recipe->currency) != 0)
            return hrmi_read_fail(r,
                                  hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                            "amounts in '%.40s' are not in the currency %s (or k%s, M%s)",
                                            p->given_unit, r->recipe->currency, r->recipe->currency,
                                            r->recipe->currency),
                                  amount->place);
    }
    return hrmi_read_scale(r, amount, &p->scale);
}

static hrm_status read_actor(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_projects *p) {
    const hrmi_yaml *const actor = hrmi_yaml_get(map, "actor");
    p->actor = HRM_ACTOR_UNKNOWN;
    if (actor == NULL) return HRM_OK;
    if (actor->kind == HRMI_YAML_MAP) {
        p->actor_field = hrmi_read_text(actor, "field");
        return HRM_OK;
    }
    p->actor = hrm_actor_from_name(actor->text);
    if (p->actor >= 0) return HRM_OK;
    return hrmi_read_fail(
        r,
        hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                  "'actor' is '%.40s'; it can be: state, local, international, private, people, or "
                  "{field: …} where the table says it row by row",
                  actor->text),
        actor->place);
}

static hrm_status read_one(const hrmi_reader *r, const hrmi_yaml *map, bool has_money,
                           hrmi_recipe_projects *p) {
    hrm_status status = agree_on_money(r, map, has_money);
    if (status == HRM_OK) status = hrmi_read_source(r, map, &p->source);
    if (status == HRM_OK) status = hrmi_read_covers(r, map, &p->covers);
    if (status == HRM_OK) status = read_amount(r, map, p);
    if (status == HRM_OK) status = read_actor(r, map, p);
    p->key = hrmi_read_text(map, "key");
    p->sector = hrmi_read_text(map, "sector");
    p->period = hrmi_read_text(map, "period");
    p->id = hrmi_read_text(map, "id");
    p->decimal = hrmi_read_decimal(map);
    return status;
}

/* "UAH", or "UAH of 2015". */
static hrm_status name_money(const hrmi_reader *r) {
    static const char of[] = " of ";
    hrm_recipe *const recipe = r->recipe;
    recipe->money_unit = recipe->currency;
    if (recipe->currency == NULL || recipe->price_year == NULL) return HRM_OK;
    char *const unit =
        hrmi_read_array(r, strlen(recipe->currency) + sizeof of + strlen(recipe->price_year), 1);
    if (unit == NULL) return HRM_ERROR_MEMORY;
    memcpy(unit, recipe->currency, strlen(recipe->currency));
    memcpy(unit + strlen(unit), of, sizeof of);
    memcpy(unit + strlen(unit), recipe->price_year, strlen(recipe->price_year) + 1);
    recipe->money_unit = unit;
    return HRM_OK;
}

hrm_status hrmi_read_projects(hrmi_reader *r, const hrmi_yaml *root) {
    hrm_recipe *const recipe = r->recipe;
    const hrmi_yaml *const money = hrmi_yaml_get(root, "money");
    const hrmi_yaml *const list = hrmi_yaml_get(root, "projects");
    hrm_status status = HRM_OK;
    if (money != NULL) status = read_money_keys(r, money, &recipe->currency, &recipe->price_year);
    if (list != NULL && status == HRM_OK) {
        recipe->projects = hrmi_read_array(r, list->count, sizeof *recipe->projects);
        if (recipe->projects == NULL) return HRM_ERROR_MEMORY;
        for (const hrmi_yaml *item = list->first; item != NULL && status == HRM_OK; item = item->next)
            status = read_one(r, item, money != NULL, &recipe->projects[recipe->projects_count++]);
    }
    return status == HRM_OK ? name_money(r) : status;
}
