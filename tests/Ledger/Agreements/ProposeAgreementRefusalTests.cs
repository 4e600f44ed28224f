namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an agreement is not proposed.</summary>
public sealed class ProposeAgreementRefusalTests
{
    internal static readonly RefusalTable<ProposeAgreement, ProposeAgreementRefusal> Table = new RefusalTable<ProposeAgreement, ProposeAgreementRefusal>(stage =>
            new(stage.Government, new ProposeAgreement(stage.Stranger.Id)))
        .Row(ProposeAgreementRefusal.RecipientMalformed, "a recipient that no body is called", proposal => proposal with { Recipient = "Leeds City Council" })
        .Row(ProposeAgreementRefusal.ClausesMalformed, "no basis", proposal => proposal with { Basis = AgreementBasis.Unspecified })
        .Row(ProposeAgreementRefusal.ClausesMalformed, "a basis that there is not", proposal => proposal with { Basis = (AgreementBasis)99 })
        .Row(ProposeAgreementRefusal.ClausesMalformed, "an accountable body that no body is called", proposal => proposal with { AccountableBody = "The County" })
        .Row(ProposeAgreementRefusal.WithItself, "the funder itself", (stage, _) => new ProposeAgreement(stage.Government.Id))
        .Row(ProposeAgreementRefusal.NotACouncil, "a lead authority that is no council", proposal => proposal with { Basis = AgreementBasis.LeadAuthority })
        .Row(ProposeAgreementRefusal.NotACouncil, "a shared service of a department", proposal => proposal with { Basis = AgreementBasis.SharedService })
        .Row(ProposeAgreementRefusal.RecipientUnknown, "a body that nobody knows", proposal => proposal with { Recipient = "E06000099" })
        .Row(ProposeAgreementRefusal.RecipientUnknown, "a body by its organisation identifier", (stage, _) => new ProposeAgreement(TestFederation.OrganisationOf(stage.Stranger.Id)))
        .Row(ProposeAgreementRefusal.AccountableBodyUnknown, "an accountable body that nobody knows", proposal => proposal with { AccountableBody = "E06000099" })
        .Row(ProposeAgreementRefusal.AccountableBodyUnknown, "the recipient as its own accountable body", proposal => proposal with { AccountableBody = proposal.Recipient })
        .Row(ProposeAgreementRefusal.RecipientGone, "a body that was closed", (Stage stage, ProposeAgreement proposal) =>
        {
            stage.Stranger.TellsOfItsEnd(stage.Government);
            return proposal;
        })
        .Row(ProposeAgreementRefusal.AlreadyThere, "a body that is funded already", (stage, proposal) => proposal with { Recipient = stage.Council.Id })
        .Row(ProposeAgreementRefusal.AlreadyThere, "a body that is funded by an agreement that is suspended", (Stage stage, ProposeAgreement proposal) =>
        {
            stage.Council.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return proposal with { Recipient = stage.Council.Id };
        })
        .Row(ProposeAgreementRefusal.AlreadyThere, "a body that was asked already", (Stage stage, ProposeAgreement agreement) =>
        {
            stage.Government.Do(new ProposeAgreement(stage.Stranger.Id));
            return agreement;
        })
        .Row(ProposeAgreementRefusal.Circular, "the body's own funder", (stage, attempt) => new(stage.Council, attempt.Command with { Recipient = stage.Government.Id }))
        .Row(ProposeAgreementRefusal.Circular, "a funder of the body's funder", (stage, attempt) => new(stage.Forum, attempt.Command with { Recipient = stage.Government.Id }))
        .Row(ProposeAgreementRefusal.Circular, "the body's own funder, whose agreement is suspended", (stage, attempt) =>
        {
            stage.Council.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            return new(stage.Council, attempt.Command with { Recipient = stage.Government.Id });
        })
        .Row(ProposeAgreementRefusal.TooManyFundersAbove, "a body below very many", (stage, attempt) =>
        {
            var above = Enumerable.Range(0, AgreementBook.MostNamed).Select(i => $"above-{i:0000}").ToList();
            var first = stage.Federation.Add("above", Tier.CentralGovernment);
            stage.Stranger.Run(new ReceiveDelivery(Answers.Forged(first, stage.Stranger, new Fact
            {
                AgreementProposed = new AgreementProposed { To = new Addressed(), Basis = AgreementBasis.Funding, FundersAbove = { above } },
            })));
            stage.Stranger.Do(new AcceptAgreement(stage.Stranger.Books.Agreements.All[^1].Id));
            return new(stage.Stranger, attempt.Command with { Recipient = stage.Forum.Id });
        })
        .Both("a recipient that no body is called", "no basis")
        .Both("no basis", "the funder itself")
        .Both("a basis that there is not", "a body that nobody knows")
        .Both("a lead authority that is no council", "a body that nobody knows")
        .Both("a body that nobody knows", "an accountable body that nobody knows")
        .Both("an accountable body that nobody knows", "a body that was closed")
        .Both("a body that was closed", "a body that was asked already")
        .Both("an accountable body that nobody knows", "the body's own funder");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ProposeAgreement_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ProposeAgreement_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    [Fact]
    public void ProposeAgreement_WithItselfAndUnknown_SaysThatItIsItself()
    {
        // A body that its own directory does not list: two rules are broken, the earlier is named.
        var decision = new ProposeAgreement("GOV").Decide(
            new Stage().Government.Books, new Surroundings(new EntryId("GOV", 1, 1), () => [], _ => false, _ => true));

        Refused.MustBe(ProposeAgreementRefusal.WithItself, decision);
    }

    [Fact]
    public void ProposeAgreement_UnknownAndAlreadyThere_SaysThatItIsUnknown()
    {
        // A body that was funded and is no longer listed.
        var decision = new ProposeAgreement("E06000001").Decide(
            new Stage().Government.Books, new Surroundings(new EntryId("GOV", 1, 1), () => [], _ => false, _ => true));

        Refused.MustBe(ProposeAgreementRefusal.RecipientUnknown, decision);
    }

    [Fact]
    public void ProposeAgreement_OfASharedServiceTheOtherWayRound_IsAccepted()
    {
        var stage = new Stage();

        stage.Federation.Agrees(stage.Council, stage.Stranger, AgreementBasis.SharedService);
        stage.Federation.Agrees(stage.Stranger, stage.Council, AgreementBasis.SharedService);

        Assert.NotNull(stage.Council.Books.Agreements.Active(stage.Council.Id, stage.Stranger.Id));
        Assert.NotNull(stage.Council.Books.Agreements.Active(stage.Stranger.Id, stage.Council.Id));
    }
}
