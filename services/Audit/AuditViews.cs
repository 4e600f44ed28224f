namespace FundingFlows.Audit;

/// <summary>How the auditor shows bodies and payments. A payee who is a person is shown as a person and no more.</summary>
internal static class AuditViews
{
    public static AuditedPayment Of(AuditView view, Payment payment) => new()
    {
        Id = payment.Id.ToString(),
        Body = payment.Id.Body,
        OfficialName = view.NameOf(payment.Id.Body),
        Fund = payment.Made.Fund,
        Payee = payment.Made.Payee.IdentifierCase == Payee.IdentifierOneofCase.Organisation ? payment.Made.Payee.Organisation : "a person",
        Category = payment.Made.Category,
        Place = payment.Made.Place,
        AmountPence = payment.AmountPence,
        RefundedPence = payment.RefundedPence,
        RecordedAt = payment.RecordedAt,
        Project = ProjectOf(view, payment)?.Id.ToString() ?? "",
        ProjectTitle = ProjectOf(view, payment)?.Description.Title ?? "",
        ApprovedBySecondPerson = payment.Made.Preparation is not null,
        PaidBy = payment.Made.Delivery?.Entry?.Body ?? "",
        PaidByName = payment.Made.Delivery?.Entry is { } told ? view.NameOf(told.Body) : "",
    };

    private static Project? ProjectOf(AuditView view, Payment payment) =>
        payment.Made.Project is { } project ? view.BooksOf(payment.Id.Body)?.Projects.Find(EntryId.From(project)) : null;

    public static AuditedBody Of(AuditView view, FollowedJournal journal)
    {
        var body = new AuditedBody
        {
            Id = journal.Body,
            OfficialName = view.NameOf(journal.Body),
            Tier = view.TierOf(journal.Body),
            OwnCopyDamaged = journal.Damaged ?? "",
        };
        if (journal.Replica is not { } replica)
            return body;
        body.Totals = replica.Books.Accounts.Total.ToTotals();
        body.JournalSize = (ulong)replica.Books.Size;
        body.Epoch = replica.Epoch;
        body.Quarantined = replica.Quarantined ?? "";
        body.RegisteringBody = replica.Books.Genesis?.RegisteringBody ?? "";
        return body;
    }

    public static JournalCoverage CoverageOf(FollowedJournal journal) => new()
    {
        Body = journal.Body,
        Epoch = journal.Replica?.Epoch ?? 0,
        Applied = (ulong)(journal.Replica?.Books.Size ?? 0),
        Known = (ulong)journal.Known,
        Quarantined = journal.Replica?.Quarantined ?? "",
        NewestEntryAt = journal.Replica?.Books.NewestEntryAt,
        Registered = journal.Replica is not null,
        OwnCopyDamaged = journal.Damaged ?? "",
    };
}
