namespace FundingFlows.Audit;

/// <summary>How the auditor shows what became of the books of a body that was abolished.</summary>
internal static class SuccessionViews
{
    private const int MostFindings = 100;

    public static GetSuccessionResponse Of(AuditView view, Inventory inventory, Page page)
    {
        var (lots, next) = page.Of(inventory.Lots.OrderBy(lot => Key(lot), StringComparer.Ordinal), Key);
        var findings = inventory.Findings().ToList();
        return new GetSuccessionResponse
        {
            Terms = inventory.Vesting.Succession.Terms,
            VestedAt = inventory.Vesting.At.ToString(),
            HeldPence = inventory.HeldPence,
            ArrivedPence = inventory.ArrivedPence,
            ReceivedPence = inventory.ReceivedPence,
            OnItsWayPence = inventory.OnItsWayPence,
            Successors = { inventory.Vesting.Succession.Successors.Select(body => Share(view, body, inventory.Lots.SelectMany(lot => lot.Received).Where(part => part.Successor == body).Sum(part => part.Pence))) },
            Lots = { lots.Select(lot => Lot(view, lot)) },
            Things =
            {
                inventory.Things.Select(thing => new Contracts.Audit.V1.InheritedThing
                {
                    Name = thing.Name, Successor = thing.Successor, Taken = thing.IsTaken, HeldPence = thing.HeldPence, ReceivedPence = thing.ReceivedPence,
                }),
            },
            Holds = findings.Count == 0,
            Complete = inventory.IsComplete,
            Findings = { findings.Take(MostFindings) },
            NextPageToken = next,
        };
    }

    private static string Key(FundingFlows.Ledger.InheritedLot lot) => $"{lot.Lot.Entry.Index:D19} {lot.Lot.Ordinal:D9}";

    private static SuccessorShare Share(AuditView view, string body, long pence) => new() { Body = body, OfficialName = view.NameOf(body), ReceivedPence = pence };

    private static Contracts.Audit.V1.InheritedLot Lot(AuditView view, FundingFlows.Ledger.InheritedLot lot) => new()
    {
        Lot = lot.Lot.ToString(),
        Line = lot.Line.ToLine(),
        ArrivedLater = lot.ArrivedLater,
        HeldPence = lot.HeldPence,
        Received = { lot.Received.Select(part => Share(view, part.Successor, part.Pence)) },
        OnItsWayPence = lot.OnItsWayPence,
        CameBackPence = lot.CameBackPence,
        LeftPence = lot.LeftPence,
        LostPence = lot.LostPence,
        GoneElsewherePence = lot.GoneElsewherePence,
    };
}
