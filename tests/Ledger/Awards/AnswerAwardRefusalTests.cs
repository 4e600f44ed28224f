namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an award is neither accepted nor declined.</summary>
public sealed class AnswerAwardRefusalTests
{
    internal static readonly RefusalTable<AnswerAward, AnswerAwardRefusal> Table = new RefusalTable<AnswerAward, AnswerAwardRefusal>(stage =>
        {
            var award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 100)]));
            stage.Federation.Settle();
            return new(stage.Council, new AnswerAward(award, true));
        })
        .Row(AnswerAwardRefusal.AwardUnknown, "an offer to another body", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(AnswerAwardRefusal.AwardUnknown, "an entry that is no award", (stage, answer) => answer with { Award = stage.CouncilAgreement })
        .Row(AnswerAwardRefusal.OwnOffer, "the body that offered it", (stage, attempt) => attempt with { By = stage.Government })
        .Row(AnswerAwardRefusal.AlreadyAnswered, "an award that was accepted", Answered(true))
        .Row(AnswerAwardRefusal.AlreadyAnswered, "an award that was declined", Answered(false))
        .Row(AnswerAwardRefusal.AlreadyAnswered, "declining what was accepted", (stage, attempt) =>
            Answered(true)(stage, attempt) with { Command = attempt.Command with { Accept = false } })
        .Row(AnswerAwardRefusal.AgreementNotActive, "an agreement that the funder has suspended", (Stage stage, Attempt<AnswerAward> attempt) =>
        {
            stage.Government.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
            stage.Federation.Settle();
            return attempt;
        })
        .Row(AnswerAwardRefusal.AgreementNotActive, "an agreement that this body has ended", (Stage stage, Attempt<AnswerAward> attempt) =>
        {
            stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
            return attempt;
        })
        .Row(AnswerAwardRefusal.Circular, "a fund that this body awards to its funder", (Stage stage, Attempt<AnswerAward> attempt) =>
        {
            // The stranger got the fund from the council, and the council offers no honest body what that body awards to it.
            Circle.OfCouncils(stage);
            var agreement = stage.Council.Books.Agreements.Active(stage.Stranger.Id, stage.Council.Id)!.Id;
            var delivery = Answers.Forged(stage.Stranger, stage.Council, new Fact
            {
                AwardOffered = new AwardOffered
                {
                    To = new Addressed(),
                    Agreement = agreement.ToRef(),
                    Terms = stage.Government.Books.Funds.Newest(stage.Fund),
                    Promises = { Write.Promise(2026, Kind.Revenue, 1) },
                },
            });
            stage.Council.Run(new ReceiveDelivery(delivery));
            return attempt with { Command = attempt.Command with { Award = delivery.FirstId } };
        })
        .Row(AnswerAwardRefusal.TermsContradict, "other terms than were accepted since", (stage, attempt) =>
        {
            var lax = LaxOffer.ToTheStranger(stage);
            stage.Federation.Agrees(stage.Council, stage.Stranger);
            stage.Federation.Awards(stage.Council, stage.Stranger, stage.Fund, Write.Promise(2026, Kind.Revenue, 1, Write.Led));
            return new(stage.Stranger, new AnswerAward(lax, true));
        })
        .Row(AnswerAwardRefusal.TermsContradict, "other terms than the body that opened the fund has offered", (stage, attempt) =>
        {
            var lax = LaxOffer.ToTheStranger(stage);
            LaxOffer.HonestFrom(stage.Government, stage);
            return new(stage.Stranger, new AnswerAward(lax, true));
        })
        .Both("the body that offered it", "an award that was accepted")
        .Both("an award that was declined", "other terms than were accepted since")
        .Both("the body that offered it", "an award that was declined");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void AnswerAward_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void AnswerAward_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    private static Func<Stage, Attempt<AnswerAward>, Attempt<AnswerAward>> Answered(bool accept) => (stage, attempt) =>
    {
        attempt.By.Do(attempt.Command with { Accept = accept });
        stage.Federation.Settle();
        return attempt;
    };
}
