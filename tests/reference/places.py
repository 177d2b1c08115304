"""Finding the community that a row means, written from the rules that include/hromada/gazetteer.h states and from nothing
else: codes, former codes, names. Plain and slow, to be compared with the library; used by joins_real.py."""
import csv
import json
import os
import re
import unicodedata

CITY, SETTLEMENT, VILLAGE = "міська", "селищна", "сільська"
APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`´′\"ʹ‘“”„‛"), "'")
HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—−"), "-")
NOTHING = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
LATIN = "aceiopxykmtbhïë"  # letters of two scripts that look the same, in small letters
CYRILLIC = "асеіорхукмтвнїё"
TO_CYRILLIC = dict(zip(LATIN, CYRILLIC))
TO_LATIN = dict(zip(CYRILLIC, LATIN))

TYPE_WORDS = {  # what a word of kind says of the type; "" for nothing
    "міська": CITY, "місто": CITY, "м.": CITY, "селищна": SETTLEMENT, "селище": SETTLEMENT, "смт": SETTLEMENT,
    "сільська": VILLAGE, "село": VILLAGE, "с.": VILLAGE, "urban": CITY, "rural": VILLAGE, "city": CITY,
}
COMMUNITY_WORDS = {"громада", "громади", "тг", "отг", "тергромада", "hromada", "community", "рада", "ради", "рад"}
OTHER_WORDS = {"територіальна", "територіальної", "об'єднана", "territorial", "amalgamated"}
RAION_WORDS = {"район", "р-н", "р-н.", "raion", "district"}
OBLAST_WORDS = {"область", "обл", "обл.", "oblast", "region"}
FORMER_RAIONS = {"володимир-волинський": "0702", "новоград-волинський": "1808", "новомосковський": "1210",
                 "сєвєродонецький": "4412", "червоноградський": "4612", "красноградський": "6306",
                 "volodymyr-volynskyi": "0702", "novohrad-volynskyi": "1808"}
TOTALS = re.compile(r"^(всього|усього|разом|total)\b")

TABLE_2010 = dict(zip("абвгґдежзиійклмнопрстуфхцчшщюяєї",
                      "a b v h g d e zh z y i i k l m n o p r s t u f kh ts ch sh shch iu ia ie i".split()))
AT_BEGINNING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def latin(word):
    """The official transliteration of 2010, of a normal form."""
    out = ""
    for i, c in enumerate(word):
        if c in "'ь":
            continue
        begins = i == 0 or word[i - 1] in " -"
        if c == "г" and i and word[i - 1] == "з":
            out += "gh"
        elif begins and c in AT_BEGINNING:
            out += AT_BEGINNING[c]
        else:
            out += TABLE_2010.get(c, c)
    return out


def mend(word):
    """One script in one word, where the letters of the other look like letters of it."""
    cyrillic = [c for c in word if "Ѐ" <= c <= "ԯ"]
    roman = [c for c in word if "a" <= c <= "z" or "à" <= c <= "ɏ"]
    if not cyrillic or not roman:
        return word
    if all(c in TO_CYRILLIC for c in roman):
        return "".join(TO_CYRILLIC.get(c, c) for c in word)
    if all(c in TO_LATIN for c in cyrillic):
        return "".join(TO_LATIN.get(c, c) for c in word)
    return word


def clean(text):
    """Compared text: NFC, case folded, one kind of apostrophe and hyphen, single blanks, one script in a word."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text or "").casefold())
    text = text.translate(APOSTROPHES).translate(HYPHENS).translate(NOTHING)
    text = re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", text)).strip()
    return " ".join(mend(w) for w in text.split(" "))


class Words:
    """A text without its words of kind, and what they said."""

    def __init__(self, text):
        self.type, self.community, self.raion, self.oblast = "", False, False, False
        kept = []
        text = re.sub(r"\b(м|с|обл)\.(?=\S)", r"\1. ", clean(text))
        words = text.split(" ")
        for word in words:
            bare = word.rstrip(".,*")
            if word in TYPE_WORDS or bare in TYPE_WORDS:
                if len(words) == 1:
                    kept.append(word)
                else:
                    self.type = TYPE_WORDS.get(word) or TYPE_WORDS[bare]
                    self.community = self.community or bare in (CITY, SETTLEMENT, VILLAGE)
            elif bare in COMMUNITY_WORDS:
                self.community = True
            elif bare in RAION_WORDS:
                self.raion = True
            elif word in OBLAST_WORDS or bare in OBLAST_WORDS:
                self.oblast = True
            elif bare not in OTHER_WORDS:
                kept.append(word)
        self.name = " ".join(kept)


def folded(name):
    """Latin names are compared without apostrophes."""
    return name if re.search("[Ѐ-ԯ]", name) else name.replace("'", "")


def split_name(text):
    """(words of the name, oblast, raion) of a name that may hold them behind commas or in brackets. None for the words where
    several parts may be the name and none, or more than one, says that it is a community's, and where brackets hold anything
    else than a raion and an oblast (gazetteer.h: not understood)."""
    oblast = raion = ""
    communities, others = [], []
    for part in re.findall(r"[(\[]([^)\]]*)", text or ""):
        words = Words(part)
        if not (words.oblast or words.raion or words.name.rstrip("*") == "тот"):
            return None, "", ""
    for part in re.split(r"[,;()\[\]]", text or ""):
        words = Words(part)
        if not clean(part):
            continue
        if words.community:
            communities.append(words)
        elif words.oblast:
            oblast = part
        elif words.raion:
            raion = part
        elif words.name not in ("тот", "тот*", "*"):
            others.append(words)
    chosen = communities or others
    if not chosen:
        return Words(""), oblast, raion
    return (chosen[0] if len(chosen) == 1 else None), oblast, raion


class Community:
    def __init__(self, place, key, names, raions, oblasts):
        self.place = place
        self.key = key
        self.parents = {"raion": {folded(clean(n)) for n in raions} | {key[:4]},
                        "oblast": {folded(clean(n)) for n in oblasts} | {key[:2]}}
        self.names = {folded(clean(n)) for n in names}
        self.centres = set()
        self.type = ""


def of_layer(data):
    with open(os.path.join(data, "boundaries/Hromadas.geojson"), encoding="utf-8") as file:
        features = [f["properties"] for f in json.load(file)["features"]]
    return [Community(i, p["ADM3_PCODE"][2:9], *([p[level + "_UA"], p[level + "_EN"]] for level in ("ADM3", "ADM2", "ADM1")))
            for i, p in enumerate(features)]


def of_codifier(units):
    """The communities of the codifier alone; units are {code: (category, name)}."""
    above = {code[2:6] if kind == "P" else code[2:4]: name for code, (kind, name) in units.items() if kind in "OPK"}
    chosen = [(code[2:9], kind, name) for code, (kind, name) in units.items() if kind in "HK"]
    return [Community(i, key, [name], [above[key[:4]]] if kind == "H" else [name], [above[key[:2]]])
            for i, (key, kind, name) in enumerate(chosen)]


def read_codifier(data):
    with open(os.path.join(data, "codes/kodifikator-16-05-2025.csv"), encoding="utf-8", newline="") as file:
        records = list(csv.reader(file, delimiter=";"))[1:]
    return {[c for c in r[:5] if c][-1]: (r[5], r[6].strip()) for r in records}


class Gazetteer:
    def __init__(self, data, crosswalk=None, layer=True):
        units = read_codifier(data)
        self.communities = of_layer(data) if layer else of_codifier(units)
        self.by_key = {c.key: c for c in self.communities}
        self.crosswalk = crosswalk
        self.add_codifier(units)
        for community in self.communities:
            community.names |= {folded(latin(n)) for n in community.names if re.search("[а-яіїєґ]", n)}
            community.centres |= {folded(latin(n)) for n in community.centres}
        self.index = {}
        self.centres = {}
        for community in self.communities:
            for name in community.names:
                self.index.setdefault(name, []).append(community)
            for name in community.centres:
                self.centres.setdefault(name, []).append(community)
        self.known = {level: {p for c in self.communities for p in c.parents[level]} for level in ("raion", "oblast")}

    def add_codifier(self, units):
        centres = {code[2:9]: unit for code, unit in units.items() if code[9:12] == "001" and unit[0] in "MXC"}
        raions = {code[2:6]: folded(clean(name)) for code, (category, name) in units.items() if category == "P"}
        for community in self.communities:
            if community.key[:4] in raions:
                community.parents["raion"].add(raions[community.key[:4]])
            community.parents["raion"] |= {name for name, raion in FORMER_RAIONS.items() if raion == community.key[:4]}
        for code, (category, name) in units.items():
            community = self.by_key.get(code[2:9])
            if community is None or category not in "HK":
                continue
            community.names.add(folded(clean(name)))
            if category == "K":
                community.type = CITY
                continue
            kind, centre = centres[code[2:9]]
            community.type = {"M": CITY, "X": SETTLEMENT, "C": VILLAGE}[kind]
            if kind == "M":
                community.centres.add(folded(clean(centre)))

    # --- codes ---------------------------------------------------------------------------------------------------------

    def by_code(self, text):
        """(community or None, way, reason)."""
        code = text.strip()
        mended = re.sub(r"\s", "", code).upper().translate({ord("А"): "A", ord("У"): "U"})
        way = "code" if mended == code else "code mended"
        if re.fullmatch(r"\d+([.,]\d+)?E\+?\d+", mended):
            return None, "", "spreadsheet code"
        if re.fullmatch(r"\d{16,17}", mended):
            mended, way = "UA" + mended.zfill(17), "code mended"
        if re.fullmatch(r"\d{8,11}(\.0)?", mended):
            return self.by_former_code(mended)
        digits = mended[2:]
        if not re.fullmatch(r"UA(\d{2}|\d{4}|\d{7}|\d{10}|\d{17})", mended):
            return None, "", "bad code"
        if len(digits) in (2, 4) and digits not in ("80", "85"):
            return None, "", "higher level"
        if len(digits) == 2:
            digits = digits.ljust(7, "0")
        key = digits[:7]
        if key[:2] in ("80", "85"):
            key = key[:2] + "00000"
        elif key[4:] == "000" and len(digits) > 7 and (key[2:4] != "00" or digits[7:10] in ("", "000")):
            return None, "", "higher level"  # but Prypiat and Chornobyl, which lie in no community
        community = self.by_key.get(key)
        return (community, way, "") if community else (None, "", "not in layer")

    def by_former_code(self, text):
        if self.crosswalk is None:
            return None, "", "old code"
        keys = self.crosswalk.get(int(text.split(".")[0]))
        if keys is None:
            return None, "", "not in crosswalk"
        if len(keys) > 1:
            return None, "", "crosswalk ambiguous"
        community = self.by_key.get(next(iter(keys)))
        return (community, "crosswalk", "") if community else (None, "", "not in layer")

    # --- names ---------------------------------------------------------------------------------------------------------

    def parents(self, level, text):
        """Names of the level that a text says; None for nothing said; empty for a name that is not known."""
        if re.fullmatch(r"UA(\d{2}|\d{4}|\d{17})", (text or "").strip()):
            digits = text.strip()[2:4] if level == "oblast" else text.strip()[2:6]
            if digits[2:] == "00" and digits[:2] not in ("80", "85"):
                return set()  # an oblast, where a raion should stand
            return {digits} if any(digits == c.key[:len(digits)] for c in self.communities) else set()
        words = Words(text)
        if not words.name:
            return None
        name = folded(words.name)
        return {name} if name in self.known[level] else set()

    def by_name(self, name, oblast="", raion="", kind=""):
        words, said_oblast, said_raion = split_name(name)
        oblast, raion = oblast or said_oblast, raion or said_raion
        if words is None:
            return None, "", "unknown name"
        if not words.name:
            return None, "", "higher level" if oblast or raion else "no key"
        within = {}
        for level, text in (("oblast", oblast), ("raion", raion)):
            names = self.parents(level, text)
            if names is not None and not names:
                return None, "", "unknown parent"
            if names:
                within[level] = names
        said = Words(kind + " громада").type if kind else words.type
        fits = self.candidates(self.index, folded(words.name), within)
        if not fits:
            fits = self.candidates(self.centres, folded(words.name), within)
        if not fits:
            return None, "", "unknown name"
        if said and (len(fits) == 1 or all(c.type for c in fits)):
            agreeing = [c for c in fits if c.type == said]
            if len(fits) > 1 and len(agreeing) == 1:
                fits = agreeing
            elif len(fits) > 1:
                fits = [c for c in fits if not contradict(said, c.type)] or fits
            if len(fits) == 1 and contradict(said, fits[0].type):
                return None, "", "type contradicts"
        if len(fits) > 1:
            return None, "", "ambiguous name"
        way = "name + raion" if "raion" in within else "name + oblast" if "oblast" in within else "unique name"
        return fits[0], way, ""

    @staticmethod
    def candidates(index, name, within):
        return [c for c in index.get(name, []) if all(names & c.parents[level] for level, names in within.items())]


def contradict(said, known):
    return bool(said and known and said != known and CITY in (said, known))


def is_total(text):
    return bool(TOTALS.match(clean(text)))
