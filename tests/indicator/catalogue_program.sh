#!/bin/sh
# The program hromada-catalogue: what it prints and how it ends. Usage: catalogue_program.sh PROGRAM
set -u
program=$1
failures=0

# ends CODE WORDS ARGUMENTS…: the program ends so, and prints these words (on either output)
ends() {
    code=$1
    words=$2
    shift 2
    text=$("$program" "$@" 2>&1)
    got=$?
    if [ "$got" -ne "$code" ]; then
        echo "hromada-catalogue $*: ends with $got, not $code"
        failures=$((failures + 1))
    fi
    case $text in
    *"$words"*) ;;
    *)
        echo "hromada-catalogue $*: does not print \"$words\""
        failures=$((failures + 1))
        ;;
    esac
}

ends 0 'Registered project value per resident' INV01
ends 0 'formula          investment_total / population' investment_per_person
ends 0 'Вартість зареєстрованих проєктів на одного мешканця' --language uk INV01
ends 0 'Usage: hromada-catalogue' --help
ends 0 'EXP01  exposure'
ends 0 '"id": "investment_per_person"' --json --theme investment
ends 0 'BUD03' --theme budget_economy --quiet --threads 2
ends 0 'hromada-catalogue 0.' --version
ends 2 'did you mean "investment_per_person"?' investment_per_persn
ends 2 'has the theme "weather"' --theme weather
ends 2 'wants uk or en' --language pl
ends 2 'unknown option --jsn' --jsn
if [ -e /dev/full ]; then
    "$program" >/dev/full 2>/dev/null
    if [ $? -ne 1 ]; then
        echo 'hromada-catalogue: a full disk goes unnoticed'
        failures=$((failures + 1))
    fi
fi
[ "$failures" -eq 0 ]
