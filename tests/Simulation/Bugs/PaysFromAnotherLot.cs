namespace FundingFlows.Simulation;

/// <summary>The auditor takes a payment out of another lot of the same line than the one that it was drawn from: every sum stays right.</summary>
internal sealed class PaysFromAnotherLot : MisleadingArchive
{
    public override IReadOnlyList<Check> FoundBy => [Check.ForestMatches];

    protected override void Change(Life life, JournalKey journal, List<VerifiedEntry> verified)
    {
        if (!life.Place.IsAudit || life.Get<FollowedJournals>().Find(journal.Body, replica => replica.Books) is not { } books)
            return;
        for (var i = 0; i < verified.Count; i++)
            if (verified[i].Entry.Fact.PaymentMade is { Pieces.Count: 1 } made && books.Lots.Find(LotId.From(made.Pieces[0].Lot)) is { } right
                && books.Lots.All.FirstOrDefault(lot => lot.Id != right.Id && lot.Line == right.Line && lot.Origin.Lot == right.Origin.Lot && lot.FreePence > made.AmountPence) is { } wrong)
            {
                var changed = verified[i].Entry.Clone();
                changed.Fact.PaymentMade.Pieces[0].Lot = wrong.Id.ToRef();
                verified[i] = verified[i] with { Entry = changed };
            }
    }
}
