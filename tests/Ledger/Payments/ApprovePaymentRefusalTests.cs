namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a prepared payment is not approved.</summary>
public sealed class ApprovePaymentRefusalTests
{
    internal static readonly RefusalTable<ApprovePayment, ApprovePaymentRefusal> Table = new RefusalTable<ApprovePayment, ApprovePaymentRefusal>(stage =>
        {
            var preparation = stage.Council.Prepares();
            stage.Council.Actor = Preparing.Second;
            return new(stage.Council, new ApprovePayment(preparation));
        })
        .Row(ApprovePaymentRefusal.PreparationUnknown, "what nobody prepared", command => new ApprovePayment(command.Preparation with { Index = 0 }))
        .Row(ApprovePaymentRefusal.PreparationUnknown, "a body that prepared nothing", (stage, attempt) => attempt with { By = stage.Forum })
        .Row(ApprovePaymentRefusal.AlreadyDecided, "what was approved", (stage, command) =>
        {
            stage.Council.DoAs("cccccccccccccccc", command);
            return command;
        })
        .Row(ApprovePaymentRefusal.AlreadyDecided, "what was rejected", (stage, command) =>
        {
            stage.Council.Do(new RejectPayment(command.Preparation, null));
            return command;
        })
        .Row(ApprovePaymentRefusal.PreparedElsewhere, "what a predecessor prepared", (stage, attempt) =>
        {
            stage.Government.Do(stage.Ordering());
            stage.Federation.Ends(stage.Council);
            return attempt with { By = stage.Federation["E06000021"] };
        })
        .Row(ApprovePaymentRefusal.PreparedBySamePerson, "who prepared it", (Stage stage, ApprovePayment command) =>
        {
            stage.Council.Actor = stage.Council.Books.Preparations.Find(command.Preparation)!.Preparer;
            return command;
        })
        .Row(ApprovePaymentRefusal.ApproverHasInterest, "who has an interest", (Stage stage, ApprovePayment command) =>
        {
            stage.Council.Do(new DeclareInterest(Write.Organisation()));
            return command;
        })
        .Row(ApprovePaymentRefusal.ApproverHasInterest, "who has ended an interest since it was prepared", (Stage stage, ApprovePayment command) =>
        {
            stage.Council.Do(new DeclareInterest(Write.Organisation()));
            stage.Council.Do(new EndInterest(Write.Organisation()));
            return command;
        })
        .Row(ApprovePaymentRefusal.PayeeIsABody, "a payee that has become a body", (stage, attempt) =>
        {
            // The body comes to be where the payee's identifier is its own.
            stage.Council.Actor = new string('a', 64);
            var preparation = stage.Council.Do(stage.Council.Payment($"{stage.Council.Id}.guarded", 700) with { Payee = Write.Organisation("GB-LAE-NEW") });
            stage.Council.Actor = Preparing.Second;
            stage.Federation.Add("NEW", Tier.Council);
            return attempt with { Command = new ApprovePayment(preparation) };
        })
        .Row(ApprovePaymentRefusal.YearClosed, "a year that was closed since", (Stage stage, ApprovePayment command) =>
        {
            stage.Council.Do(new CloseYearProvisionally(2026));
            return command;
        })
        .Row(ApprovePaymentRefusal.AccountableBodyNeeded, "an unincorporated forum that nobody is accountable for any more", (Stage stage, Attempt<ApprovePayment> _) =>
        {
            var forum = stage.Federation.Add("forum-2", Tier.NeighbourhoodForum, LegalForm.Unincorporated);
            var custody = stage.Federation.Keeps(stage.Council, forum);
            var preparation = forum.Prepares();
            forum.Do(new EndCustody(custody, Write.Reason));
            forum.Actor = Preparing.Second;
            return new(forum, new ApprovePayment(preparation));
        })
        .Row(ApprovePaymentRefusal.CannotBeRepeated, "a refused payment that was instructed again since", (Stage stage, Attempt<ApprovePayment> _) =>
        {
            stage.Council.Actor = new string('a', 64);
            // The same without a word of the appeal makes two that name it possible duplicates.
            var payment = stage.Overturned().Payment;
            stage.Forum.Do(payment with { AfterAppeal = null });
            var (first, second) = (stage.Forum.Do(payment), stage.Forum.Do(payment));
            stage.Forum.Actor = Preparing.Second;
            stage.Forum.Do(new ApprovePayment(first));
            return new(stage.Forum, new ApprovePayment(second));
        })
        .Both("who has an interest", "a year that was closed since")
        .Both("what nobody prepared", "who has an interest")
        .Both("what was rejected", "who prepared it")
        .Both("who prepared it", "who has an interest");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ApprovePayment_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ApprovePayment_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
