using FundingFlows.Contracts.Ledger.V1;

namespace FundingFlows.Fire;

/// <summary>What was issued, as the journals say, is what all bodies together hold, have spent and surrendered, as their books say.</summary>
internal static class ToThePenny
{
    public static IEnumerable<string> Findings(IReadOnlyList<JournalCopy> journals, IReadOnlyList<Body> bodies)
    {
        var issued = journals.SelectMany(journal => journal.Entries).Sum(one => one.Entry.Fact.MoneyIssued?.AmountPence ?? 0);
        var (cash, moving) = (bodies.Sum(body => body.Totals.CashPence), bodies.Sum(body => body.Totals.InTransitPence));
        var (spent, surrendered) = (bodies.Sum(body => body.Totals.SpentPence), bodies.Sum(body => body.Totals.SurrenderedPence));
        if (issued != cash + spent + surrendered)
            yield return $"{issued} pence were issued, and the bodies' books show {cash} held, {spent} spent, {surrendered} surrendered.";
        if (moving != 0)
            yield return $"{moving} pence are still on their way, as the bodies' books show it.";
        foreach (var body in bodies)
            if (journals.First(journal => journal.Body == body.Id).Entries.Count is var entries && (ulong)entries != body.JournalSize)
                yield return $"{body.Id} says that its journal has {body.JournalSize} entries, and shows {entries}.";
    }
}
