namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an agreement is not proposed.</summary>
public sealed class ProposeAgreementRefusalTests
{
    internal static readonly RefusalTable<ProposeAgreement, ProposeAgreementRefusal> Table = new RefusalTable<ProposeAgreement, ProposeAgreementRefusal>(stage =>
            new(stage.Government, new ProposeAgreement(stage.Stranger.Id)))
        .Row(ProposeAgreementRefusal.RecipientMalformed, "a recipient that no body is called", _ => new ProposeAgreement("Leeds City Council"))
        .Row(ProposeAgreementRefusal.WithItself, "the funder itself", (stage, _) => new ProposeAgreement(stage.Government.Id))
        .Row(ProposeAgreementRefusal.RecipientUnknown, "a body that nobody knows", _ => new ProposeAgreement("E06000099"))
        .Row(ProposeAgreementRefusal.RecipientUnknown, "a body by its organisation identifier", (stage, _) => new ProposeAgreement(TestFederation.OrganisationOf(stage.Stranger.Id)))
        .Row(ProposeAgreementRefusal.AlreadyThere, "a body that is funded already", (stage, _) => new ProposeAgreement(stage.Council.Id))
        .Row(ProposeAgreementRefusal.AlreadyThere, "a body that was asked already", (Stage stage, ProposeAgreement agreement) =>
        {
            stage.Government.Do(new ProposeAgreement(stage.Stranger.Id));
            return agreement;
        });

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
    public void ProposeAgreement_TheOtherWayRound_IsAccepted()
    {
        var stage = new Stage();

        stage.Federation.Agrees(stage.Forum, stage.Council);

        Assert.NotNull(stage.Council.Books.Agreements.Active(stage.Council.Id, stage.Forum.Id));
        Assert.NotNull(stage.Council.Books.Agreements.Active(stage.Forum.Id, stage.Council.Id));
    }
}
