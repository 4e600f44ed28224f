namespace FundingFlows.Ledger;

/// <summary>What a body had accepted in an entry that a new epoch of its journal did not keep. It accepts it again; the other goes on as before.</summary>
internal static class LostAcceptance
{
    /// <summary>Whether a delivery accepts in a later epoch what its sender had accepted before.</summary>
    /// <param name="before">The entry in which it did. Null: in none.</param>
    public static bool IsGivenAgain(EntryId? before, Delivery delivery) =>
        before is { } entry && entry.Body == delivery.Sender && entry.Epoch < delivery.Epoch;

    /// <summary>Money that comes against more than is promised here: by an amendment that this body may have accepted.</summary>
    private static EntryId? NeededAmendment(FundingAward award, TransferSent sent) =>
        sent.Promise < award.Promises.Count && sent.AmountPence <= award.Promises[(int)sent.Promise].MayComePence ? null
            : award.Amendments.FirstOrDefault(one => one.State == AmendmentStage.Offered)?.Id;

    /// <summary>
    /// What this body is to accept again before a delivery can be decided, whose sender goes by an acceptance that is lost here. Null: nothing.
    /// </summary>
    public static EntryId? Needed(Books books, Delivery delivery)
    {
        if (books.Epochs.All.Count <= 1 || books.IsEnding)
            return null;
        var fact = delivery.First;
        var allocation = fact.TransferSent is { Purpose: TransferPurpose.Allocation } sent ? sent.Award : null;
        if (EntryId.TryFrom(fact.AwardOffered?.Agreement ?? fact.AgreementSuspended?.Agreement ?? fact.AgreementResumed?.Agreement, out var agreement))
            return books.Agreements.Find(agreement) is { State: AgreementStage.Proposed } proposed && proposed.Funder == delivery.Sender ? agreement : null;
        if (EntryId.TryFrom(allocation ?? fact.ClawbackClaimed?.Award ?? fact.AwardAmendmentOffered?.Award, out var award) && books.Awards.Find(award) is { } given && given.Funder == delivery.Sender)
            return given.State == AwardStage.Offered ? award : allocation is null ? null : NeededAmendment(given, fact.TransferSent!);
        return EntryId.TryFrom(fact.PaymentInstructed?.Custody, out var custody)
            && books.Custodies.Find(custody) is { State: CustodyStage.Proposed } asked && asked.Principal == delivery.Sender ? custody : null;
    }
}
