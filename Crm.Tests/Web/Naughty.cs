namespace Crm.Tests.Web;

/// <summary>What nobody types by mistake. As it goes over the wire, so that what no string can hold is among it.</summary>
internal static class Naughty
{
    /// <summary>An element that is in no page of ours: where it is found, somebody's text became markup.</summary>
    public const string Mark = "naughty-mark";

    private static readonly string[] Texts =
    [
        "", " ", "\t", "\r\n", "\0", "a\0b", "\u0001\u001f\u007f", "\u0085\u2028\u2029", "\u200B\uFEFF", "\u202Etxt.exe", "\u2066\u2067\u2069",
        "undefined", "null", "NULL", "NaN", "true", "on", "[]", "{}", "[object Object]",
        "0", "-1", "1/0", "1e309", "-1e309", "0x7fffffff", "2147483648", "-2147483649", "9223372036854775808", "99999999999999999999999999999999", "1,000.00", "٣", "１２",
        "0000-00-00", "2026-02-30", "9999-12-31", "0001-01-01", "2026-13-01T25:61:61Z", "24:00",
        "Ω≈ç√∫˜µ≤≥÷", "部落格", "الكل في المجمو عة (5)", "👩‍👩‍👧‍👦 🏳️‍🌈", "İıŞş ẞß", "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮", "ﬃ Å Å", "\uFFFE\uFFFF\uFDD0",
        "' OR '1'='1", "'; DROP TABLE Projects; --", "1); SELECT sqlite_version(); --", "%", "_", "\\", "* OR NEAR(\"", "\"", "'", "`", "a' ESCAPE 'b",
        $"<script id={Mark}>alert(1)</script>", $"\"><img id={Mark} src=x onerror=alert(1)>", $"'><svg id={Mark} onload=alert(1)>", $"</textarea><script id={Mark}>", $"</title><script id={Mark}>",
        $"--><script id={Mark}>", $"<iframe id={Mark} srcdoc='<script>alert(1)</script>'>", "javascript:alert(1)", "[x](javascript:alert(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](x \"onerror=alert(1)\")", "<javascript:alert(1)>", "[a]: javascript:alert(1)\n[a]", $"<details open id={Mark} ontoggle=alert(1)>", "\u003cscript\u003e", "&lt;script&gt;&#0;&#x110000;",
        "{{7*7}}", "${7*7}", "<%= 7*7 %>", "@(7*7)", "#{7*7}", "{0}{1}{99999999}", "%s%n%x%d", "$(reboot)", "`reboot`", "; reboot", "| reboot", "${jndi:ldap://x/a}",
        "a\r\nSet-Cookie: evil=1", "a\r\nBcc: evil@example.com\r\n\r\nbody", "a@b.example\r\nRCPT TO:<c@d>", "\"a\r\n b\"@example.com", "=?utf-8?B?AA==?=", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
        "../../../../etc/passwd", "..\\..\\web.config", "/etc/passwd", "file:///etc/passwd", "CON", "NUL.txt", "a:b|c?*", "//evil.example/", "/\\evil.example", "https://evil.example", "\\\\evil\\share", "/%2f%2fevil.example",
        "__proto__", "constructor", "_token", "handler", "Input.Name", "Input[0].Name", "Input[99999999]",
        new string('a', 5_000), new string('#', 600) + " deep", string.Concat(Enumerable.Repeat("> ", 500)), string.Concat(Enumerable.Repeat("- a\n ", 200)), new string('[', 2_000), string.Concat(Enumerable.Repeat("**a", 500)),
    ];

    // Bytes that no encoder writes: broken escapes, overlong forms of / and NUL, halves of pairs, beyond the last character.
    private static readonly string[] Raw =
        ["%00", "%2500", "%zz", "%", "%u0041", "%c0%ae%c0%ae%c0%af", "%c0%80", "%e0%80%af", "%ed%a0%80", "%ed%a0%bd%ed%b8%80", "%f4%90%80%80", "%ff%fe", "%80", "+%0d%0a+", "a%0", "&&=&=", ";"];

    public static IReadOnlyList<string> Encoded { get; } = [.. Texts.Select(Uri.EscapeDataString), .. Raw];
}
