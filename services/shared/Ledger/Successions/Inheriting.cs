namespace FundingFlows.Ledger;

/// <summary>What a successor can take over.</summary>
internal static class Inheriting
{
    /// <summary>Whether a thing can be read and is not here already.</summary>
    public static bool CanTake(Books books, InHand thing) => thing.ThingCase switch
    {
        InHand.ThingOneofCase.Terms => OpenFund.AreWellFormed(thing.Terms),
        InHand.ThingOneofCase.Agreement => CanTake(books, thing.Agreement),
        InHand.ThingOneofCase.Award => CanTake(books, thing.Award),
        InHand.ThingOneofCase.Given => EntryId.TryFrom(thing.Given.Award, out var id) && books.Awards.Find(id) is not null
            && thing.Given.Given.All(IsWellFormed),
        InHand.ThingOneofCase.Project => CanTake(books, thing.Project),
        InHand.ThingOneofCase.Reservation => IsNew(books, thing.Reservation.Reservation) && thing.Reservation.Made is { } made && Dates.TryFrom(made.ExpiresOn, out _)
            && IsOfAProject(books, made.Use) && AreParts(made.AmountPence, thing.Reservation.ReleasedPence, thing.Reservation.HeldPence, thing.Reservation.InstructedPence),
        InHand.ThingOneofCase.Liability => IsNew(books, thing.Liability.Liability) && thing.Liability.Incurred is { } incurred && Dates.TryFrom(incurred.ReceivedOn, out _)
            && IsOfAProject(books, incurred.Use) && AreParts(incurred.AmountPence, thing.Liability.ReducedPence, thing.Liability.HeldPence, thing.Liability.InstructedPence),
        InHand.ThingOneofCase.Preparation => IsNew(books, thing.Preparation.Preparation) && thing.Preparation.Prepared?.Payment is { } payment
            && IsOfAProject(books, payment) && Charge.From(payment).IsAmount && payment.AmountPence == thing.Preparation.HeldPence
            && (payment.OutOf is null || (EntryId.TryFrom(payment.OutOf, out var outOf) && books.Holds.Find(outOf) is not null)),
        InHand.ThingOneofCase.Payment => CanTake(books, thing.Payment),
        InHand.ThingOneofCase.Clawback => EntryId.TryFrom(thing.Clawback.Clawback, out var claim) && books.Clawbacks.Find(claim) is null
            && EntryId.TryFrom(thing.Clawback.Award, out var of) && books.Awards.Find(of)?.Funder == books.Body && Pence.IsAmount(thing.Clawback.AmountPence)
            && AreParts(thing.Clawback.AmountPence, thing.Clawback.WithdrawnPence) && thing.Clawback.MetPence is >= 0 and <= Pence.Most
            && thing.Clawback.OwnPence >= 0 && thing.Clawback.OwnPence <= thing.Clawback.MetPence,
        InHand.ThingOneofCase.Custody => EntryId.TryFrom(thing.Custody.Custody, out var custody) && books.Custodies.Find(custody) is null && Names.IsBody(thing.Custody.Principal),
        InHand.ThingOneofCase.Registration => CanTake(books, thing.Registration),
        InHand.ThingOneofCase.Report => thing.Report.Report is { Totals: not null } report && EntryId.TryFrom(report.Report, out var told)
            && books.Agreements.Were(books.Body, told.Body) && Names.IsFund(report.Fund) && report.Lots.All(part => LotId.TryFrom(part.Lot, out _) && part.Totals is not null),
        _ => false,
    };

    public static IEnumerable<FundTerms> TermsOf(InHand thing) => thing.ThingCase switch
    {
        InHand.ThingOneofCase.Terms => [thing.Terms],
        InHand.ThingOneofCase.Award => thing.Award.EarlierTerms.Prepend(thing.Award.Terms),
        _ => [],
    };

    private static bool CanTake(Books books, AgreementInHand thing) =>
        EntryId.TryFrom(thing.Agreement, out var id) && books.Agreements.Find(id) is null
        && Enum.IsDefined(thing.Basis) && Names.IsBody(thing.Recipient) && thing.Recipient != books.Body
        && (thing.AccountableBody.Length == 0 || Names.IsBody(thing.AccountableBody)) && AgreementBook.AreWellFormed(thing.FundersAbove) && AgreementBook.AreWellFormed(thing.RecipientsBelow);

    private static bool CanTake(Books books, AwardInHand thing) =>
        EntryId.TryFrom(thing.Award, out var id) && books.Awards.Find(id) is null
        && EntryId.TryFrom(thing.Agreement, out var under) && books.Agreements.Find(under)?.Recipient == thing.Recipient
        && (thing.Root is null || (EntryId.TryFrom(thing.Root, out var root) && books.HasPredecessor(root.Body)))
        && AwardForm.IsWellFormed(thing.Terms, thing.EarlierTerms, thing.Promises, thing.ReleasedPence);

    private static bool CanTake(Books books, ProjectInHand thing) =>
        EntryId.TryFrom(thing.Project, out var id) && books.Projects.Find(id) is null
        && thing.Description is { } description && !ProjectForm.FaultsOf(description).Any() && AreReached(thing.Reached, description)
        && (thing.Closed is null || Dates.TryFrom(thing.Closed.ClosedOn, out _));

    private static bool CanTake(Books books, RegistrationInHand thing) =>
        thing.Registration is { } registration && Names.IsBody(registration.Body) && registration.Body != books.Body && !books.Registrations.ContainsKey(registration.Body)
        && registration.Tier > books.Tier && Enum.IsDefined(registration.Tier) && registration.PublicKey.Length == AdoptedKey.Bytes
        && AreEpochsOf(registration, thing.Epochs)
        && thing.Keys.All(key => key.Body == registration.Body && (key.Epoch == registration.Epoch || thing.Epochs.Any(epoch => epoch.Epoch == key.Epoch)) && key.PublicKey.Length == AdoptedKey.Bytes && key.FromIndex is >= 1 and <= long.MaxValue);

    private static bool AreEpochsOf(BodyRegistered registration, IReadOnlyList<EpochDeclared> epochs)
    {
        var last = (long)registration.Epoch;
        return epochs.All(epoch => epoch.Body == registration.Body && epoch.KeptEpoch >= registration.Epoch && epoch.KeptEpoch <= last && epoch.Epoch == ++last
            && epoch.KeptSize is >= 1 and <= long.MaxValue && epoch.KeptRoot.Length == EpochFacts.RootBytes);
    }

    private static bool CanTake(Books books, PaymentInHand thing) =>
        EntryId.TryFrom(thing.Payment, out _) && thing.Made is { } made && (made.Project is null || IsOfAProject(books, made))
        && made.PayeeIsReadable() && thing.Pieces.Count is >= 1 and <= Parts.MostPieces
        && thing.Pieces.Sum(piece => piece.AmountPence) == made.AmountPence && thing.InterestPence is >= 0 and <= Pence.Most;

    /// <summary>Whether nothing is held under that id.</summary>
    private static bool IsNew(Books books, EntryRef thing) => EntryId.TryFrom(thing, out var id) && books.Holds.Find(id) is null;

    private static bool IsOfAProject(Books books, PlannedUse? use) =>
        use is not null && EntryId.TryFrom(use.Project, out var project) && books.Projects.Find(project) is not null
        && Names.IsFund(use.Fund) && PlannedSpending.From(use).IsWellFormed;

    private static bool IsOfAProject(Books books, PaymentMade payment) =>
        EntryId.TryFrom(payment.Project, out var project) && books.Projects.Find(project) is not null
        && payment.PayeeIsReadable() && Dates.TryFrom(payment.PaidOn, out _);

    private static bool PayeeIsReadable(this PaymentMade payment) => payment.Payee is not null && PayeeKey.IsWellFormed(payment.Payee);

    /// <summary>Whether all of these can be parts of an amount.</summary>
    private static bool AreParts(long amount, params ReadOnlySpan<long> parts)
    {
        var left = amount;
        foreach (var part in parts)
        {
            if (part < 0 || part > left)
                return false;
            left -= part;
        }
        return Pence.IsAmount(amount);
    }

    private static bool AreReached(IReadOnlyCollection<MilestoneReached> reached, ProjectDescription description) =>
        reached.DistinctBy(one => one.Milestone).Count() == reached.Count
        && reached.All(one => one.Milestone >= 1 && one.Milestone <= description.Milestones.Count && Dates.TryFrom(one.ReachedOn, out _));

    private static bool IsWellFormed(GivenPiece piece) =>
        LotId.TryFrom(piece.Lot, out _) && piece.LeftPence is >= 0 and <= Pence.Most
        && piece.Line is { Years: not null } line && Names.IsFund(line.Fund) && piece.Origin is { Source: not null } && LotId.TryFrom(piece.Origin.Lot, out _)
        && piece.History.Count <= TermsId.MostHistory;
}
