using System.Globalization;
using System.Text;

namespace Crm.Imports.Trello;

/// <summary>What the name of a list says about the work in it, in the languages that boards are kept in.</summary>
public static class ListMeaning
{
    // A star at the end stands for any ending. Accents are written as they are: "Terminé" is done, "Termine" are appointments.
    private static readonly string[] Done = Words("""
        done, complete, completed, finished, closed, resolved, shipped, released, delivered, deployed, published, launched, live, accepted, merged, fixed, ✅, ✔, ☑
        erledigt*, fertig, fertiggestellt, abgeschlossen*, beendet, geschafft, ausgeliefert, veröffentlicht, gelöst
        terminé*, fini, finis, finie, finies, fait, faits, faite, faites, achevé*, livré*, clôturé*
        hecho, hecha, hechos, hechas, terminado*, terminada*, completado*, completada*, finalizado*, finalizada*, acabado*, listo, listos, cerrado*
        fatto, fatti, fatta, fatte, finito, finiti, completato, completati, completata, terminato, terminati, concluso, conclusi, chiuso, chiusi
        feito, feitos, feita, feitas, concluído*, concluída*, concluido*, concluida*, finalizado*, pronto, prontos, entregue*, terminado*
        klaar, gereed, afgerond, gedaan, voltooid, afgesloten
        klart, klar, klara, färdig*, gjort, gjorda, avslutad*, avklarad*, færdig*, afsluttet, ferdig*, fullført, utført, udført
        valmis, valmiit, tehty, tehdyt, zrobione, gotowe, zakończone, ukończone, wykonane, hotovo, hotové, dokončeno, dokončené, splněno, splnené
        kész, befejezett, elkészült, gata, terminat, finalizat, finalizate, tamamlandı, tamamlandi, tamamlanan, bitti, biten, yapıldı, yapildi, tamam
        готово, готовы, готовые, сделано, сделанные, выполнен*, завершен*, завершён*, закончен*, закрыт*, зроблено, виконан*, завършен*, направено, приключ*, урађено, завршено, gotovo, završeno, urađeno, končano, opravljeno
        ολοκληρωμένα, ολοκληρώθηκε, ολοκληρώθηκαν, έγινε, έτοιμο, τέλος
        تم, منجز, منجزة, مكتمل, مكتملة, منتهي, منتهية, הושלם, הושלמו, בוצע, בוצעו, סיום, גמור, انجام شده, انجام شد, تمام شده
        पूर्ण, पूरा, समाप्त, हो गया, selesai, siap, hoàn thành, xong, đã xong, tapos, imekamilika, atlikta, baigta, pabeigts, valmis tehtud, fet, fets, acabat, eginda, egina
        """);

    private static readonly string[] Review = Words("""
        review*, test, tests, tested, testing, qa, qc, uat, verify, verification, validate, validation, approve, approval, approvals, feedback, staging, acceptance, proofread*, proofing
        ready to merge, ready to deploy, ready to release, ready to ship, pull request, pull requests, to check, checking
        abnahme, prüfung, prüfen, überprüf*, testen, freigabe, kontrolle, korrektur, begutachtung
        relecture, recette, à tester, à valider, à vérifier, vérification, validation, contrôle, révision
        revisión, revisar, prueba, pruebas, validación, verificar, verificación, por aprobar, aprobación
        revisione, revisioni, verifica, verifiche, collaudo, approvazione, da verificare, da approvare
        revisão, revisar, teste, testes, aprovação, validação, homologação, conferência
        nakijken, beoordeling, beoordelen, controle, goedkeuring, granskning, granska, granskas, testning, gennemgang, godkendelse, gjennomgang, godkjenning, til test
        tarkistus, tarkistettavana, testaus, testattavana, testy, testowanie, weryfikacja, sprawdzenie, do sprawdzenia, przegląd, kontrola, testování, testovanie, ke kontrole
        ellenőrzés, tesztelés, teszt, verificare, testare, revizuire, inceleme, kontrol, onay, onay bekleyen
        проверк*, проверить, тест, тесты, тестир*, ревью, согласован*, приемка, приёмка, перевірк*, тестуван*, преглед, проверка, pregled, provjera, testiranje
        έλεγχος, δοκιμή, مراجعة, اختبار, قيد المراجعة, בדיקה, בדיקות, בביקורת, ביקורת, بررسی, در حال بررسی
        समीक्षा, जाँच, परीक्षण, tinjau, tinjauan, ulasan, uji, pengujian, kiểm tra, duyệt, chờ duyệt
        """);

    private static readonly string[] Doing = Words("""
        doing, progress, wip, working, ongoing, started, active, underway, under way, in development, in dev, in work, in design, being worked on, 🚧
        in arbeit, in bearbeitung, laufend, läuft, angefangen, begonnen, in umsetzung, in entwicklung
        en cours, en développement, en traitement, commencé, en curso, en progreso, en proceso, haciendo, trabajando, en marcha, en desarrollo
        in corso, in lavorazione, in sviluppo, em andamento, em progresso, em curso, fazendo, em execução, em desenvolvimento
        bezig, mee bezig, in uitvoering, onderhanden, pågående, pågår, pågår nu, i gang, igang, under arbeid, under arbejde, påbörjad, påbegyndt, påbegynt
        kesken, työn alla, tekeillä, käynnissä, meneillään, w toku, w trakcie, robię, w realizacji, probíhá, rozpracované, rozpracováno, v procesu, prebieha, řeší se
        folyamatban, in lucru, în lucru, în curs, devam, devam ediyor, devam eden, yapılıyor, yapiliyor, yapılan
        в работе, в процессе, делаю, делаем, делается, выполняется, в разработке, в роботі, в процесі, виконується, в процес, у току, u tijeku, u toku, v teku
        σε εξέλιξη, قيد التنفيذ, قيد العمل, جاري, جار, جاري العمل, בתהליך, בביצוע, בעבודה, در حال انجام, در دست اقدام
        प्रगति, प्रगति में, चल रहा, sedang, dikerjakan, sedang dikerjakan, dalam proses, đang làm, đang, đang thực hiện, ginagawa, vykdoma, fent, en procés, egiten
        """);

    // Languages that write without spaces: these stand anywhere in the name.
    private static readonly string[] DoneRuns = Words("完成, 完了, 完畢, 完毕, 已结束, 已結束, 结束, 結束, 終了, 済, 已发布, 已發佈, 已上线, 已關閉, 已关闭, 완료, 끝, 종료, เสร็จ, สำเร็จ, បានធ្វើ, ပြီး");

    private static readonly string[] ReviewRuns = Words("审核, 審核, 测试, 測試, 验收, 驗收, 评审, 評審, 校对, 校對, 检查, 檢查, 复查, レビュー, 確認, 検証, テスト, 検収, 承認, 검토, 리뷰, 테스트, 확인, 검수, ตรวจ, ทดสอบ");

    private static readonly string[] DoingRuns = Words("进行, 進行, 处理中, 處理中, 开发中, 開發中, 正在, 作業中, 対応中, 着手, 実行中, 仕掛, 진행, 작업 중, 작업중, 하는 중, 하는중, กำลัง");

    private static readonly string[] Not = Words("""
        not, non, nicht, pas, no, não, niet, ikke, inte, nie, ei, nem, değil, не, غير, לא, to be done, ready for development, ready for dev, ready to start, definition of done
        """);

    private static readonly string[] NotRuns = Words("未, 没, 沒, 미완, ยังไม่");

    public static TaskStatus StatusOf(string listName)
    {
        var name = Normal(listName);
        return name switch
        {
            _ when Says(name, Not, NotRuns) => Says(name, Doing, DoingRuns) ? TaskStatus.Doing : TaskStatus.ToDo,
            _ when Says(name, Done, DoneRuns) => TaskStatus.Done,
            _ when Says(name, Review, ReviewRuns) => TaskStatus.Review,
            _ when Says(name, Doing, DoingRuns) => TaskStatus.Doing,
            _ => TaskStatus.ToDo,
        };
    }

    private static bool Says(string name, string[] words, string[] runs) =>
        words.Any(word => word.EndsWith('*') ? name.Contains(" " + word[..^1], StringComparison.Ordinal) : name.Contains($" {word} ", StringComparison.Ordinal))
        || runs.Any(run => name.Contains(run, StringComparison.Ordinal));

    /// <summary>Lower case, one space around each word, nothing else between them.</summary>
    private static string Normal(string name)
    {
        var normal = new StringBuilder(" ");
        foreach (var rune in name.Normalize(NormalizationForm.FormC).ToLowerInvariant().EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.OtherSymbol)
            {
                normal.Append(' ').Append(rune).Append(' ');
            }
            else if (Rune.IsLetterOrDigit(rune) || category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                normal.Append(rune);
            }
            else if (category is not (UnicodeCategory.Format or UnicodeCategory.ModifierSymbol))
            {
                normal.Append(' ');
            }
        }

        return string.Join(' ', normal.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } words ? $" {words} " : " ";
    }

    private static string[] Words(string list) =>
        [.. list.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(w => w.Normalize(NormalizationForm.FormC))];
}
