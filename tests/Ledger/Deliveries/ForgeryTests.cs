using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>Whatever another body writes in a field, it is answered: nothing throws, overflows, or is too long to record.</summary>
public sealed class ForgeryTests
{
    private const int MostEntryBytes = 65_535;

    private static readonly Dictionary<string, Func<Stage, Letter>> Letters = new()
    {
        ["proposal"] = stage => Letter.Of(stage.Government, stage.Stranger, new ProposeAgreement(stage.Stranger.Id)),
        ["acceptance of a proposal"] = stage =>
        {
            var agreement = stage.Government.Do(new ProposeAgreement(stage.Stranger.Id));
            stage.Federation.Settle();
            return Letter.Of(stage.Stranger, stage.Government, new AcceptAgreement(agreement));
        },
        ["suspension"] = stage => Letter.Of(stage.Council, stage.Government, new SuspendAgreement(stage.CouncilAgreement, Write.Digest("A late audit."))),
        ["resumption"] = stage =>
        {
            stage.Council.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Digest("A late audit.")));
            stage.Federation.Settle();
            return Letter.Of(stage.Council, stage.Government, new ResumeAgreement(stage.CouncilAgreement, Write.Digest("The audit came.")));
        },
        ["end"] = stage => Letter.Of(stage.Government, stage.Council, new EndAgreement(stage.CouncilAgreement, Write.Digest("The programme is over."))),
        ["proposal of a custody"] = stage => Letter.Of(stage.Forum, stage.Council, new ProposeCustody(stage.Council.Id)),
        ["acceptance of a custody"] = stage =>
        {
            var custody = stage.Forum.Do(new ProposeCustody(stage.Council.Id));
            stage.Federation.Settle();
            return Letter.Of(stage.Council, stage.Forum, new AcceptCustody(custody));
        },
        ["end of a custody"] = stage => Letter.Of(stage.Forum, stage.Council, new EndCustody(stage.Federation.Keeps(stage.Council, stage.Forum), Write.Reason)),
        ["offer"] = stage => Letter.Of(stage.Government, stage.Council, new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 500, Write.Led)])),
        ["acceptance of an offer"] = stage => Letter.Of(stage.Council, stage.Government, new AnswerAward(Offered(stage), true)),
        ["decline"] = stage => Letter.Of(stage.Council, stage.Government, new AnswerAward(Offered(stage), false)),
        ["offer of an amendment"] = stage => Letter.Of(stage.Government, stage.Council, new AmendAward(stage.CouncilAward, Amendments.Raised)),
        ["acceptance of an amendment"] = stage => Letter.Of(stage.Council, stage.Government, new AnswerAmendment(stage.CouncilAward, stage.Amends(Amendments.Raised), true)),
        ["decline of an amendment"] = stage => Letter.Of(stage.Council, stage.Government, new AnswerAmendment(stage.CouncilAward, stage.Amends(Amendments.Raised), false)),
        ["allocation"] = stage => Letter.Of(stage.Government, stage.Council, stage.Government.Release(stage.CouncilAward, Stage.KeptForForums, 1_000)),
        ["repayment"] = stage => Letter.Of(stage.Council, stage.Government, new RepayUnderspend(stage.CouncilAward, null, 1_000)),
        ["report"] = stage =>
        {
            stage.Forum.Do(new SubmitReport(stage.Fund, stage.Council.Id));
            stage.Federation.Settle();
            return Letter.Of(stage.Council, stage.Government, new SubmitReport(stage.Fund, stage.Government.Id));
        },
    };

    public static TheoryData<string> Rows => [.. Letters.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Delivery_WithAnyFieldForged_IsAnsweredAndCanBeReplayed(string row)
    {
        var letter = Letters[row](new Stage());
        var altered = 0;
        foreach (var (name, fact) in Alterations.Of(letter.Facts[0]))
        {
            var decision = letter.To.Decide(new ReceiveDelivery((letter with { Facts = [fact] }).Seal()));
            // Only what no rule here knows waits; all else is answered.
            var isKnown = !name.EndsWith(" is undefined", StringComparison.Ordinal) && !name.EndsWith(" is negative", StringComparison.Ordinal);
            Assert.True(isKnown ? decision.Facts.Count > 0 : decision.Refusal?.Reason == "RECEIVE_DELIVERY_RULES_TOO_OLD", name);
            MustBeRecordable(letter.To, decision, name);
            altered++;
        }
        Assert.True(altered >= 12, $"Only {altered} alterations were tried.");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Answer_WithAnyFieldForged_IsBelievedOrNotAndCanBeReplayed(string row)
    {
        var stage = new Stage();
        var letter = Letters[row](stage);
        letter.From.Append(letter.Facts);
        var sequence = Assert.Single(letter.From.Books.Deliveries.Unanswered(letter.To.Id)).Key;
        stage.Federation.Deliver(letter.From, letter.To.Id, sequence);
        var answer = letter.To.AnswerTo(letter.From, sequence);
        var hashes = letter.From.DeliveryTo(letter.To.Id, sequence).Entries.Select(entry => entry.LeafHash).ToList();
        foreach (var (name, entry) in Alterations.Of(answer.Entries[0].Entry))
        {
            var decision = letter.From.Decide(new RecordAnswer(answer with { Entries = [Answers.Carried(entry)] }, hashes));
            Assert.True(decision.Facts.Count > 0 || decision.Refusal is not null, name);
            MustBeRecordable(letter.From, decision, name);
        }
    }

    /// <summary>The entries fit, and books read from the journal take them and add up.</summary>
    private static void MustBeRecordable(TestBody body, Decision decision, string name)
    {
        if (decision.Facts.Count == 0)
            return;
        var books = Replay.Of(body);
        foreach (var fact in decision.Facts)
        {
            var entry = new Entry { Index = (ulong)books.Size, Fact = fact };
            Assert.True(entry.CalculateSize() <= MostEntryBytes, name);
            books.Apply(Entry.Parser.ParseFrom(entry.ToByteArray()));
        }
        Assert.Empty(new Federation([books]).Check().SelectMany(result => result.Findings));
    }

    private static EntryId Offered(Stage stage)
    {
        var award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 100)]));
        stage.Federation.Settle();
        return award;
    }
}
