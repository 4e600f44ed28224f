namespace FundingFlows.Ledger.Tests;

/// <summary>How a successor answers the agreements and awards of a predecessor that its funder lets go on with it.</summary>
public sealed class ContinuationAnswerTests
{
    private const string Successor = "E06000021";

    internal static readonly AnswerTable<AgreementContinued> Agreements = new AnswerTable<AgreementContinued>(stage => Continued(stage, 0), fact => fact.AgreementContinued)
        .Row(DeliveryRefusal.Malformed, "of no predecessor of this body", continued => continued.Predecessor = "forum-1")
        .Row(DeliveryRefusal.Malformed, "with funders above that are not in their order", continued => continued.FundersAbove.Add(["b", "a"]));

    internal static readonly AnswerTable<AwardContinued> Awards = new AnswerTable<AwardContinued>(stage => Continued(stage, 1), fact => fact.AwardContinued)
        .Row(DeliveryRefusal.Malformed, "of no predecessor of this body", continued => continued.Predecessor = "forum-1")
        .Row(DeliveryRefusal.Malformed, "of no award", continued => continued.Continues = null)
        .Row(DeliveryRefusal.Malformed, "under no agreement that can be read", continued => continued.Agreement = null)
        .Row(DeliveryRefusal.Malformed, "without terms", continued => continued.Terms = null)
        .Row(DeliveryRefusal.Malformed, "with two sets of the same terms", continued => continued.EarlierTerms.Add(Other(continued.Terms)))
        .Row(DeliveryRefusal.Malformed, "with more released than was promised", continued => continued.ReleasedPence[0] = continued.Promises[0].AmountPence + 1)
        .Row(DeliveryRefusal.Malformed, "with less than nothing released", continued => continued.ReleasedPence[0] = -1)
        .Row(DeliveryRefusal.Malformed, "with promises of more than accounts hold", continued => continued.Promises[0].AmountPence = Pence.Most)
        .Row(DeliveryRefusal.Malformed, "with fewer releases than promises", continued => continued.ReleasedPence.RemoveAt(0))
        .Row(DeliveryRefusal.NoAgreement, "under another body's agreement", continued => continued.Agreement = new EntryId("GOV", 1, 9_999).ToRef());

    public static TheoryData<string> AgreementRows => Agreements.Names;

    public static TheoryData<string> AwardRows => Awards.Names;

    [Fact]
    public void Agreement_ThatGoesOn_IsTaken() => Agreements.MustAcceptTheLawful();

    [Fact]
    public void Award_ThatGoesOn_IsTaken() => Awards.MustAcceptTheLawful();

    [Theory]
    [MemberData(nameof(AgreementRows))]
    public void Agreement_ThatBreaksARule_IsRefusedForGood(string row) => Agreements.MustRefuse(row);

    [Theory]
    [MemberData(nameof(AwardRows))]
    public void Award_ThatBreaksARule_IsRefusedForGood(string row) => Awards.MustRefuse(row);

    /// <summary>A funder imposes nothing on a body that has no predecessor.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Continuation_AtWhoSucceedsNobody_IsRefusedForGood(int before)
    {
        var stage = new Stage();
        var letter = Continued(stage, before);
        var fact = letter.Facts[0].Clone();
        DeliveredFacts.AddressOf(fact)!.Body = stage.Stranger.Id;

        var answer = stage.Stranger.Decide(new ReceiveDelivery((letter with { To = stage.Stranger, Facts = [fact] }).Seal()));

        Assert.Equal(DeliveryRefusal.Malformed, Assert.Single(answer.Facts).DeliveryRefused.Reason);
    }

    /// <summary>What the government tells a successor of the stage's council, when it has told so much before.</summary>
    private static Letter Continued(Stage stage, int before)
    {
        stage.Government.Do(stage.Ordering());
        var successor = stage.Federation[Successor];
        for (var told = 0; ; told += Carry(stage, successor, told == before))
        {
            stage.Council.Run(new HandOver([]));
            if (told == before && stage.Government.Books.Deliveries.Unanswered(Successor) is { Count: > 0 } waiting)
                return new Letter(stage.Government, successor, [stage.Government.DeliveryTo(Successor, waiting.First().Key).First.Clone()]);
        }
    }

    /// <summary>Carries all that waits, but to the successor from the government one thing or nothing. Answers with how much that was.</summary>
    private static int Carry(Stage stage, TestBody successor, bool nothing)
    {
        var told = 0;
        foreach (var from in stage.Federation.Bodies.ToList())
            foreach (var receiver in from.Books.Deliveries.Awaiting.ToList())
                foreach (var sequence in from.Books.Deliveries.Unanswered(receiver).Keys.ToList())
                {
                    var tells = from == stage.Government && receiver == successor.Id;
                    if ((tells && (nothing || told == 1)) || stage.Federation.Deliver(from, receiver, sequence).Refusal is not null)
                        break;
                    stage.Federation.Answer(from, receiver, sequence);
                    told += tells ? 1 : 0;
                }
        return told;
    }

    private static FundTerms Other(FundTerms terms)
    {
        var other = terms.Clone();
        other.Title = "Other Places";
        return other;
    }
}
