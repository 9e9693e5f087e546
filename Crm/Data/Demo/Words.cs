namespace Crm.Data.Demo;

/// <summary>What the many things of the large demonstrations are called.</summary>
internal static class Words
{
    public static readonly string[] FirstNames =
    [
        "Amara", "Anton", "Beatriz", "Björn", "Chiara", "Daniel", "Elif", "Emeka", "Farah", "Gustav", "Hana", "Ibrahim", "Ilse", "Jakub", "Júlia",
        "Kofi", "Laila", "Lukas", "Magda", "Mateo", "Mira", "Noor", "Olga", "Pál", "Priya", "Quentin", "Rosa", "Sami", "Sofía", "Théo", "Uma", "Viktor",
        "Wanda", "Yusuf", "Zoë",
    ];

    public static readonly string[] LastNames =
    [
        "Abebe", "Andersen", "Becker", "Bianchi", "Costa", "Dahl", "Dubois", "Eriksson", "Fischer", "García", "Haddad", "Horváth", "Ito", "Jansen",
        "Kovač", "Lehtinen", "Mensah", "Moreau", "Nakamura", "Novák", "Okoye", "Öztürk", "Patel", "Quinn", "Rossi", "Şahin", "Silva", "Tanaka", "Ueda",
        "Virtanen", "Weber", "Xu", "Yılmaz", "Zielińska",
    ];

    public static readonly string[] Clients =
    [
        "Harbour Museum", "Aldgate Yard", "Old Town Council", "Tideline", "Brot & Söhne", "River Institute", "Kestrel Books", "Northern Ferries",
        "Casa Verde", "Lumen Theatre", "Oakfield School", "Polder Farms", "Bright Dental", "Sierra Tea", "Atlas Cycles", "Meridian Radio",
        "Hillside Clinic", "Canal Hotels", "Fjord Wool", "Quarry Street Market",
    ];

    public static readonly string[] Works =
    [
        "website", "launch film", "rebrand", "kiosk", "annual report", "mobile app", "wayfinding", "newsletter", "shop", "intranet", "exhibition",
        "booking system", "campaign", "catalogue", "podcast",
    ];

    public static readonly string[] Verbs =
    [
        "Draft", "Review", "Test", "Write", "Sketch", "Measure", "Translate", "Fix", "Move", "Simplify", "Photograph", "Plan", "Print", "Agree on", "Ask about",
    ];

    public static readonly string[] Things =
    [
        "the start page", "the price list", "the sign-in", "error messages", "the map", "the opening hours", "alt texts", "the storyboard", "the contract",
        "the invoice layout", "the photo credits", "the search", "the privacy page", "the receipt", "the menu on phones", "the colour of links",
        "the hosting", "the calendar feed", "the floor plan", "the press kit", "the thank-you mail", "the checkout", "the sound mix", "the footer",
    ];

    public static readonly string[] Details =
    [
        "for the phone", "before the review", "with the client", "in both languages", "after the audit", "for the second room", "once more",
        "without pictures", "for the opening", "as agreed on Monday", "with real data", "by keyboard alone",
    ];

    public static readonly string[] Labels =
        ["design", "build", "content", "research", "client", "bug", "print", "accessibility", "sound", "shoot", "legal", "later"];

    public static readonly string[] Sentences =
    [
        "The client likes the second version better.", "I left two questions in the document.", "This works on my phone, but not in the train.",
        "Let us decide it on Thursday.", "Done, please have a look.", "The numbers are in, and they are *good*.", "I moved it to next week.",
        "Could somebody check the wording?", "We should ask them first.", "The supplier wants an answer by Friday.", "It is the same as last year, only shorter.",
        "I would leave it out.", "Here is what they said: **yes**, but smaller.", "The old one had 40 pages, ours has 12.", "Found it: the time zone again.",
        "Thank you, that is much clearer.", "No news from the printer.", "I took three photographs, choose one.", "It breaks at 320 pixels.",
        "They called and asked for the invoice.", "Agreed.", "Let me try something else first.", "The test with five people went well.",
    ];
}
