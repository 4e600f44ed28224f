namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an agreement is not accepted.</summary>
public sealed class AcceptAgreementRefusalTests
{
    internal static readonly RefusalTable<AcceptAgreement, AcceptAgreementRefusal> Table = new RefusalTable<AcceptAgreement, AcceptAgreementRefusal>(stage =>
        {
            var agreement = stage.Government.Do(new ProposeAgreement(stage.Stranger.Id));
            stage.Federation.Settle();
            return new(stage.Stranger, new AcceptAgreement(agreement));
        })
        .Row(AcceptAgreementRefusal.AgreementUnknown, "a proposal that has not arrived", (stage, _) => new AcceptAgreement(stage.ForumAgreement))
        .Row(AcceptAgreementRefusal.OwnProposal, "the body that proposed it", (stage, attempt) => attempt with { By = stage.Government })
        .Row(AcceptAgreementRefusal.NotProposed, "a proposal that was accepted", (stage, attempt) =>
        {
            attempt.By.Do(attempt.Command);
            stage.Federation.Settle();
            return attempt;
        })
        .Row(AcceptAgreementRefusal.NotProposed, "a proposal of which acceptance was refused", (stage, attempt) =>
        {
            attempt.By.Do(attempt.Command);
            attempt.By.Append(new Fact { DeliverySettled = Answers.RefusalOf(attempt.By, stage.Government, 1) });
            return attempt;
        })
        .Row(AcceptAgreementRefusal.NotProposed, "a proposal that was withdrawn", (stage, attempt) =>
        {
            stage.Government.Do(new EndAgreement(attempt.Command.Agreement, Write.Reason));
            stage.Federation.Settle();
            return attempt;
        })
        .Row(AcceptAgreementRefusal.NotACouncil, "a lead authority over a forum", (Stage stage, Attempt<AcceptAgreement> _) =>
            Arrived(stage.Council, stage.Forum, new AgreementProposed { Basis = AgreementBasis.LeadAuthority }))
        .Row(AcceptAgreementRefusal.Circular, "a proposal of a body that this one funds", (Stage stage, Attempt<AcceptAgreement> _) =>
            Arrived(stage.Forum, stage.Council, new AgreementProposed { Basis = AgreementBasis.Funding }))
        .Row(AcceptAgreementRefusal.Circular, "a proposal without a basis, of a body that this one funds", (Stage stage, Attempt<AcceptAgreement> _) =>
            Arrived(stage.Forum, stage.Council, new AgreementProposed()))
        .Row(AcceptAgreementRefusal.Circular, "a proposal of a body that this one funds through others", (Stage stage, Attempt<AcceptAgreement> _) =>
            Arrived(stage.Forum, stage.Government, new AgreementProposed { Basis = AgreementBasis.Funding, FundersAbove = { stage.Council.Id, stage.Government.Id } }))
        .Row(AcceptAgreementRefusal.Circular, "a proposal that crossed this body's own", (Stage stage, Attempt<AcceptAgreement> _) =>
        {
            // Both propose before either hears of the other: neither may accept until one of the two is withdrawn.
            stage.Stranger.Do(new ProposeAgreement(stage.Council.Id));
            var crossed = stage.Council.Do(new ProposeAgreement(stage.Stranger.Id));
            stage.Federation.Settle();
            return new(stage.Stranger, new AcceptAgreement(crossed));
        })
        .Row(AcceptAgreementRefusal.Circular, "a proposal of a body that this one funds through others, as these said", (Stage stage, Attempt<AcceptAgreement> _) =>
        {
            // The council funds the forum already when the stranger begins to fund the council.
            stage.Federation.Agrees(stage.Stranger, stage.Council);
            return Arrived(stage.Forum, stage.Stranger, new AgreementProposed { Basis = AgreementBasis.Funding, FundersAbove = { stage.Council.Id, stage.Government.Id } });
        })
        .Row(AcceptAgreementRefusal.AccountableBodyNeeded, "an unincorporated forum that nobody is accountable for", (Stage stage, Attempt<AcceptAgreement> _) =>
            Arrived(stage.Council, stage.Federation.Add("forum-2", Tier.NeighbourhoodForum, LegalForm.Unincorporated), new AgreementProposed { AccountableBody = stage.Council.Id }))
        .Row(AcceptAgreementRefusal.AccountableBodyDiffers, "an accountable body that nobody asked for", (Stage stage, Attempt<AcceptAgreement> _) =>
            Arrived(stage.Government, stage.Forum, new AgreementProposed { AccountableBody = stage.Council.Id }))
        .Row(AcceptAgreementRefusal.AccountableBodyDiffers, "another accountable body than it has", (Stage stage, Attempt<AcceptAgreement> _) =>
        {
            stage.Federation.Keeps(stage.Council, stage.Forum);
            return Arrived(stage.Government, stage.Forum, new AgreementProposed { AccountableBody = stage.Stranger.Id });
        })
        .Row(AcceptAgreementRefusal.TooManyRecipientsBelow, "a body above very many", (Stage stage, Attempt<AcceptAgreement> attempt) =>
        {
            var proposal = stage.Stranger.Do(new ProposeAgreement(stage.Forum.Id));
            stage.Federation.Deliver(stage.Stranger, stage.Forum.Id, 1);
            stage.Stranger.Run(new ReceiveDelivery(Answers.Forged(stage.Forum, stage.Stranger, new Fact
            {
                AgreementAccepted = new AgreementAccepted
                {
                    To = new Addressed(),
                    Agreement = proposal.ToRef(),
                    RecipientsBelow = { Enumerable.Range(0, AgreementBook.MostNamed).Select(i => $"below-{i:0000}") },
                },
            })));
            return attempt;
        })
        .Both("the body that proposed it", "a proposal that was accepted");

    /// <summary>A proposal that its writer would not make by these rules.</summary>
    private static Attempt<AcceptAgreement> Arrived(TestBody from, TestBody to, AgreementProposed proposal)
    {
        proposal.To = new Addressed();
        to.Run(new ReceiveDelivery(Answers.Forged(from, to, new Fact { AgreementProposed = proposal })));
        return new(to, new AcceptAgreement(to.Books.Agreements.All[^1].Id));
    }

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void AcceptAgreement_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void AcceptAgreement_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
