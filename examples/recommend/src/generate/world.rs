//! The world the rows are drawn from: themes with their tastes, countries with their cities.
//!
//! The tables are set by hand, a row a line: one word a line would hide their shape.
//! Lists go from the most to the least popular; what is drawn follows that order.

/// A field of interest: what its sponsors and events are about.
pub(super) struct Theme {
    pub(super) industries: &'static [&'static str],
    pub(super) categories: &'static [&'static str],
    pub(super) keywords: &'static [&'static str],
    pub(super) trades: &'static [&'static str],
    /// Where the audience's age peaks: an index of [`AGES`].
    pub(super) age: usize,
}

#[rustfmt::skip]
pub(super) const THEMES: &[Theme] = &[
    Theme {
        industries: &["musical instruments", "record label", "radio", "ticketing", "streaming"],
        categories: &[
            "music", "festival", "electronic", "indie", "jazz", "folk", "classical", "hip hop",
            "metal", "dance", "choir", "opera", "reggae", "world music",
        ],
        keywords: &[
            "live music", "stage", "touring", "vinyl", "sound", "new acts", "workshops", "guitar",
        ],
        trades: &["Records", "Amplifiers", "Guitars", "Audio"],
        age: 1,
    },
    Theme {
        industries: &[
            "software", "cloud hosting", "semiconductors", "cybersecurity", "consumer electronics",
        ],
        categories: &[
            "technology", "ai", "open source", "startups", "cybersecurity", "hardware", "data",
            "cloud", "robotics", "mobile", "blockchain", "devops", "accessibility",
        ],
        keywords: &[
            "developers", "hiring", "open source", "engineering", "privacy", "launch", "scale",
            "chips",
        ],
        trades: &["Systems", "Labs", "Hosting", "Semiconductors"],
        age: 1,
    },
    Theme {
        industries: &["food", "restaurants", "coffee", "bakery", "beverages"],
        categories: &[
            "food", "street food", "gastronomy", "wine", "coffee", "baking", "vegan", "craft beer",
            "cheese", "market", "seafood", "spices", "tea",
        ],
        keywords: &[
            "taste", "artisan", "origin", "organic", "local", "sampling", "heritage", "harvest",
        ],
        trades: &["Foods", "Bakery", "Roasters", "Drinks"],
        age: 2,
    },
    Theme {
        industries: &["sportswear", "beverages", "bicycles", "outdoor equipment", "fitness"],
        categories: &[
            "sport", "running", "football", "cycling", "fitness", "climbing", "tennis", "swimming",
            "skiing", "basketball", "sailing", "yoga", "martial arts",
        ],
        keywords: &[
            "community", "training", "performance", "finish line", "outdoor", "team", "health",
            "youth",
        ],
        trades: &["Sports", "Cycles", "Outdoor", "Running"],
        age: 1,
    },
    Theme {
        industries: &["stationery", "ceramics", "gallery", "auction house", "textiles"],
        categories: &[
            "art", "design", "craft", "photography", "museum", "illustration", "architecture",
            "sculpture", "textile", "ceramics", "street art",
        ],
        keywords: &[
            "handmade", "makers", "exhibition", "natural dye", "studio", "collectors", "restoration",
        ],
        trades: &["Gallery", "Papers", "Kilns", "Looms"],
        age: 3,
    },
    Theme {
        industries: &["video games", "toys", "board games", "consumer electronics"],
        categories: &[
            "games", "esports", "indie games", "board games", "cosplay", "comics", "anime",
            "virtual reality", "retro games",
        ],
        keywords: &["launch", "players", "story", "demo", "tournament", "community", "indie"],
        trades: &["Games", "Studio", "Toys", "Interactive"],
        age: 0,
    },
    Theme {
        industries: &["film production", "photo equipment", "broadcasting", "publishing"],
        categories: &[
            "film", "documentary", "theatre", "literature", "comedy", "animation", "short film",
            "poetry", "podcast", "television",
        ],
        keywords: &["cinema", "archive", "premiere", "authors", "audience", "grain", "translation"],
        trades: &["Pictures", "Press", "Films", "Broadcasting"],
        age: 2,
    },
    Theme {
        industries: &["banking", "insurance", "fintech", "consulting", "investment"],
        categories: &[
            "business", "finance", "startups", "fintech", "marketing", "leadership", "real estate",
            "e-commerce", "human resources", "law",
        ],
        keywords: &[
            "founders", "growth", "trust", "payments", "merchants", "inclusion", "networking",
        ],
        trades: &["Capital", "Insurance", "Bank", "Partners"],
        age: 3,
    },
    Theme {
        industries: &["education technology", "university", "publishing", "toys"],
        categories: &[
            "education", "science", "family", "children", "astronomy", "books", "languages",
            "mathematics", "history",
        ],
        keywords: &[
            "curiosity", "schools", "teachers", "children", "parents", "research", "reading",
        ],
        trades: &["Learning", "Books", "Academy", "Museum"],
        age: 3,
    },
    Theme {
        industries: &["health", "pharmacy", "biotechnology", "medical devices"],
        categories: &[
            "health", "wellness", "medicine", "mental health", "nutrition", "biotech", "nursing",
        ],
        keywords: &["prevention", "patients", "research", "recovery", "care", "training"],
        trades: &["Health", "Clinic", "Pharma", "Care"],
        age: 4,
    },
    Theme {
        industries: &["energy", "recycling", "agriculture", "mobility"],
        categories: &[
            "sustainability", "climate", "energy", "mobility", "agriculture", "recycling", "nature",
            "urban planning", "water",
        ],
        keywords: &["repair", "reuse", "solar", "harvest", "city", "biodiversity", "commute"],
        trades: &["Energy", "Farms", "Mobility", "Recycling"],
        age: 2,
    },
    Theme {
        industries: &["fashion", "cosmetics", "jewellery", "retail"],
        categories: &[
            "fashion", "beauty", "design", "shopping", "jewellery", "vintage", "lifestyle",
        ],
        keywords: &["runway", "collection", "style", "second hand", "launch", "tailoring"],
        trades: &["Atelier", "Cosmetics", "Outfitters", "Jewellers"],
        age: 1,
    },
    Theme {
        industries: &["airline", "hotels", "tourism board", "travel agency"],
        categories: &["travel", "culture", "food", "adventure", "cruise", "camping", "heritage"],
        keywords: &["destination", "heritage", "guests", "discovery", "islands", "season"],
        trades: &["Airways", "Hotels", "Journeys", "Tours"],
        age: 4,
    },
    Theme {
        industries: &["spirits", "casino", "nightclubs", "brewery"],
        categories: &["nightlife", "alcohol", "gambling", "poker", "dance", "cocktails", "tobacco"],
        keywords: &["night out", "adults only", "whisky", "cocktails", "dance floor"],
        trades: &["Distillers", "Casino", "Brewery", "Club"],
        age: 1,
    },
];

/// What some sponsors will not be seen with.
#[rustfmt::skip]
pub(super) const EXCLUDED: &[&str] = &[
    "alcohol", "gambling", "tobacco", "poker", "nightlife", "blockchain", "family", "children",
];

/// Put before a category, they make the long tail that free-text tags have.
#[rustfmt::skip]
pub(super) const STYLES: &[&str] = &[
    "modern", "vintage", "local", "experimental", "young", "slow", "open-air", "community",
    "women in", "independent", "rural", "urban", "digital", "nordic", "latin", "mediterranean",
    "asian", "african", "acoustic", "late night", "student", "senior", "inclusive", "winter",
];

#[rustfmt::skip]
pub(super) const GOALS: &[&str] = &[
    "brand awareness", "hire", "launch a product", "reach a new region", "support the community",
    "meet partners", "sampling", "sell on site", "be seen as sustainable", "collect leads",
];

pub(super) const AGES: &[&str] = &["18-24", "25-34", "35-44", "45-54", "55-64", "65+"];

/// From the smallest; a sponsor's budget decides.
#[rustfmt::skip]
pub(super) const SIZES: &[&str] = &[
    "1-10", "11-50", "51-200", "201-500", "501-1000", "1001-5000", "5001-10000", "10001+",
];

#[rustfmt::skip]
pub(super) const SYLLABLES: &[&str] = &[
    "va", "lo", "mir", "ken", "ta", "su", "bel", "or", "ni", "qua", "zel", "pi", "dra", "fen",
    "ho", "lum", "ga", "ris", "te", "wo", "yan", "cor", "ush", "el",
];

/// A country: its code, its cities from the largest, and its language where a few
/// labels are known in it.
pub(super) struct Country {
    pub(super) code: &'static str,
    pub(super) cities: &'static [&'static str],
    pub(super) language: Language,
    /// Neighbours share it.
    pub(super) area: Area,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    NorthAmerica,
    LatinAmerica,
    WestEurope,
    NorthEurope,
    EastEurope,
    MiddleEast,
    Africa,
    SouthAsia,
    EastAsia,
    Oceania,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Spanish,
    Portuguese,
    French,
    German,
    Italian,
    Polish,
    Turkish,
    Greek,
    Ukrainian,
    Arabic,
    Hindi,
    Japanese,
    Korean,
    Chinese,
}

use Area::{
    Africa, EastAsia, EastEurope, LatinAmerica, MiddleEast, NorthAmerica, NorthEurope, Oceania, SouthAsia,
    WestEurope,
};
use Language::{
    Arabic, Chinese, English, French, German, Greek, Hindi, Italian, Japanese, Korean, Polish, Portuguese,
    Spanish, Turkish, Ukrainian,
};

const fn country(
    code: &'static str,
    area: Area,
    language: Language,
    cities: &'static [&'static str],
) -> Country {
    Country { code, cities, language, area }
}

#[rustfmt::skip]
pub(super) const COUNTRIES: &[Country] = &[
    country("US", NorthAmerica, English, &["New York", "Los Angeles", "Chicago", "Austin", "Seattle", "Miami", "Denver"]),
    country("GB", WestEurope, English, &["London", "Manchester", "Glasgow", "Bristol", "Leeds"]),
    country("DE", WestEurope, German, &["Berlin", "Hamburg", "München", "Köln", "Leipzig"]),
    country("FR", WestEurope, French, &["Paris", "Lyon", "Marseille", "Nantes", "Orléans"]),
    country("ES", WestEurope, Spanish, &["Madrid", "Barcelona", "Sevilla", "Málaga", "Cádiz"]),
    country("IN", SouthAsia, Hindi, &["मुंबई", "Delhi", "Bengaluru", "Chennai", "Kochi"]),
    country("JP", EastAsia, Japanese, &["東京", "大阪", "京都", "札幌", "福岡"]),
    country("BR", LatinAmerica, Portuguese, &["São Paulo", "Rio de Janeiro", "Salvador", "Recife"]),
    country("CA", NorthAmerica, English, &["Toronto", "Montréal", "Vancouver", "Winnipeg"]),
    country("MX", LatinAmerica, Spanish, &["Ciudad de México", "Guadalajara", "Monterrey", "Oaxaca"]),
    country("IT", WestEurope, Italian, &["Milano", "Roma", "Bologna", "Napoli"]),
    country("AU", Oceania, English, &["Sydney", "Melbourne", "Brisbane", "Perth"]),
    country("NL", WestEurope, English, &["Amsterdam", "Rotterdam", "Utrecht"]),
    country("KR", EastAsia, Korean, &["서울", "부산", "대구"]),
    country("CN", EastAsia, Chinese, &["上海", "北京", "深圳", "成都"]),
    country("PL", EastEurope, Polish, &["Warszawa", "Kraków", "Łódź", "Wrocław"]),
    country("TR", MiddleEast, Turkish, &["İstanbul", "Ankara", "İzmir"]),
    country("SE", NorthEurope, English, &["Stockholm", "Göteborg", "Malmö"]),
    country("AR", LatinAmerica, Spanish, &["Buenos Aires", "Córdoba", "Rosario"]),
    country("CO", LatinAmerica, Spanish, &["Bogotá", "Medellín", "Cali"]),
    country("NG", Africa, English, &["Lagos", "Abuja", "Ibadan"]),
    country("EG", MiddleEast, Arabic, &["القاهرة", "الإسكندرية"]),
    country("ZA", Africa, English, &["Cape Town", "Johannesburg", "Durban"]),
    country("KE", Africa, English, &["Nairobi", "Mombasa", "Kisumu"]),
    country("AE", MiddleEast, Arabic, &["دبي", "Abu Dhabi"]),
    country("PT", WestEurope, Portuguese, &["Lisboa", "Porto", "Braga"]),
    country("GR", EastEurope, Greek, &["Αθήνα", "Θεσσαλονίκη", "Πάτρα"]),
    country("UA", EastEurope, Ukrainian, &["Київ", "Львів", "Одеса"]),
    country("CH", WestEurope, German, &["Zürich", "Genève", "Bern"]),
    country("AT", WestEurope, German, &["Wien", "Graz", "Linz"]),
    country("BE", WestEurope, French, &["Bruxelles", "Antwerpen", "Gent"]),
    country("DK", NorthEurope, English, &["København", "Aarhus"]),
    country("NO", NorthEurope, English, &["Oslo", "Bergen", "Tromsø"]),
    country("FI", NorthEurope, English, &["Helsinki", "Tampere", "Oulu"]),
    country("IE", WestEurope, English, &["Dublin", "Cork", "Galway"]),
    country("CZ", EastEurope, English, &["Praha", "Brno"]),
    country("RO", EastEurope, English, &["București", "Cluj-Napoca", "Iași"]),
    country("HU", EastEurope, English, &["Budapest", "Debrecen"]),
    country("CL", LatinAmerica, Spanish, &["Santiago", "Valparaíso"]),
    country("PE", LatinAmerica, Spanish, &["Lima", "Cusco"]),
    country("MA", MiddleEast, Arabic, &["الدار البيضاء", "مراكش"]),
    country("JO", MiddleEast, Arabic, &["عمّان"]),
    country("SA", MiddleEast, Arabic, &["الرياض", "جدة"]),
    country("SG", EastAsia, English, &["Singapore"]),
    country("TW", EastAsia, Chinese, &["台北", "高雄"]),
    country("ID", EastAsia, English, &["Jakarta", "Bandung", "Denpasar"]),
    country("VN", EastAsia, English, &["Hà Nội", "Đà Nẵng"]),
    country("NZ", Oceania, English, &["Auckland", "Wellington"]),
    country("GH", Africa, English, &["Accra", "Kumasi"]),
    country("LV", NorthEurope, English, &["Rīga"]),
    country("LT", NorthEurope, English, &["Vilnius", "Kaunas"]),
    country("PK", SouthAsia, English, &["Karachi", "Lahore"]),
    country("BD", SouthAsia, English, &["Dhaka"]),
    country("IS", NorthEurope, English, &["Reykjavík"]),
];

/// The categories people tag in their own language, with that language's word.
#[rustfmt::skip]
pub(super) const TRANSLATIONS: &[(Language, &str, &str)] = &[
    (Spanish, "music", "música"), (Spanish, "food", "comida"), (Spanish, "art", "arte"),
    (Spanish, "gastronomy", "gastronomía"),
    (Portuguese, "music", "música"), (Portuguese, "food", "comida"),
    (Portuguese, "sport", "esporte"), (Portuguese, "education", "educação"),
    (French, "music", "musique"), (French, "gastronomy", "gastronomie"),
    (French, "film", "cinéma"), (French, "theatre", "théâtre"),
    (German, "music", "Musik"), (German, "sport", "Sport"), (German, "art", "Kunst"),
    (German, "books", "Bücher"),
    (Italian, "music", "musica"), (Italian, "fashion", "moda"), (Italian, "wine", "vino"),
    (Polish, "music", "muzyka"), (Polish, "art", "sztuka"), (Polish, "food", "żywność"),
    (Turkish, "music", "müzik"), (Turkish, "cycling", "bisiklet"), (Turkish, "art", "sanat"),
    (Greek, "music", "μουσική"), (Greek, "food", "γεύσεις"), (Greek, "theatre", "θέατρο"),
    (Ukrainian, "music", "музика"), (Ukrainian, "coffee", "кава"),
    (Ukrainian, "books", "книги"),
    (Arabic, "music", "موسيقى"), (Arabic, "art", "فن"), (Arabic, "food", "طعام"),
    (Arabic, "business", "أعمال"),
    (Hindi, "music", "संगीत"), (Hindi, "food", "भोजन"), (Hindi, "film", "फ़िल्म"),
    (Japanese, "music", "音楽"), (Japanese, "games", "ゲーム"), (Japanese, "anime", "アニメ"),
    (Japanese, "craft", "工芸"),
    (Korean, "music", "음악"), (Korean, "games", "게임"), (Korean, "beauty", "뷰티"),
    (Chinese, "music", "音乐"), (Chinese, "technology", "科技"), (Chinese, "food", "美食"),
];

/// The same labels with combining accents (NFD): equal by their key, unequal as bytes.
pub(super) const DECOMPOSED: &[(&str, &str)] = &[
    ("música", "mu\u{301}sica"),
    ("gastronomía", "gastronomi\u{301}a"),
    ("educação", "educac\u{327}a\u{303}o"),
    ("cinéma", "cine\u{301}ma"),
    ("théâtre", "the\u{301}a\u{302}tre"),
    ("Bücher", "Bu\u{308}cher"),
    ("żywność", "z\u{307}ywnos\u{301}c\u{301}"),
    ("müzik", "mu\u{308}zik"),
    ("γεύσεις", "γευ\u{301}σεις"),
    ("ゲーム", "ケ\u{3099}ーム"),
    ("음악", "\u{110b}\u{1173}\u{11b7}\u{110b}\u{1161}\u{11a8}"),
    ("게임", "\u{1100}\u{1166}\u{110b}\u{1175}\u{11b7}"),
];

/// What an event calls itself, by language, and where that word stands.
pub(super) struct Forms {
    pub(super) language: Language,
    pub(super) words: &'static [&'static str],
    /// "Lyon Music Night", not "Nuit musique Lyon".
    pub(super) last: bool,
}

const fn last(language: Language, words: &'static [&'static str]) -> Forms {
    Forms { language, words, last: true }
}

const fn first(language: Language, words: &'static [&'static str]) -> Forms {
    Forms { language, words, last: false }
}

#[rustfmt::skip]
pub(super) const FORMS: &[Forms] = &[
    last(English, &["Festival", "Summit", "Days", "Fair", "Conference", "Night", "Week", "Meetup"]),
    first(Spanish, &["Festival", "Feria", "Jornadas", "Noche"]),
    first(Portuguese, &["Festival", "Feira", "Semana", "Noite"]),
    first(French, &["Fête", "Salon", "Rencontres", "Nuit"]),
    last(German, &["Fest", "Messe", "Kongress", "Tage"]),
    first(Italian, &["Festa", "Fiera", "Giornate"]),
    first(Polish, &["Festiwal", "Targi", "Dni"]),
    last(Turkish, &["Şenliği", "Fuarı", "Günleri"]),
    first(Greek, &["Φεστιβάλ", "Έκθεση"]),
    first(Ukrainian, &["Фестиваль", "Ярмарок"]),
    first(Arabic, &["مهرجان", "معرض"]),
    last(Hindi, &["मेला", "उत्सव"]),
    last(Japanese, &["フェス", "まつり", "カンファレンス"]),
    last(Korean, &["축제", "페스타"]),
    last(Chinese, &["大会", "博览会"]),
];
