namespace FundingFlows.Ledger.Tests;

/// <summary>How the recipient of an award answers a claim.</summary>
public sealed class ClawbackAnswerTests
{
    internal static readonly AnswerTable<ClawbackClaimed> Table = new AnswerTable<ClawbackClaimed>(
            stage => Letter.Of(stage.Government, stage.Council, new ClaimClawback(stage.CouncilAward, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), 8_000)),
            fact => fact.ClawbackClaimed)
        .Row(DeliveryRefusal.Malformed, "no money", claimed => claimed.AmountPence = 0)
        .Row(DeliveryRefusal.Malformed, "more money than there is", claimed => claimed.AmountPence = long.MaxValue)
        .Row(DeliveryRefusal.NeverSent, "a penny more than came", claimed => claimed.AmountPence++)
        .Row(DeliveryRefusal.NeverSent, "a kind that was not promised", claimed => claimed.Kind = Kind.Either)
        .Row(DeliveryRefusal.Malformed, "an award that cannot be", claimed => claimed.Award.Epoch = 0)
        .Row(DeliveryRefusal.Malformed, "an award that is not known", claimed => claimed.Award.Index++)
        .Row(DeliveryRefusal.Malformed, "no award", claimed => claimed.Award = null)
        .Row(DeliveryRefusal.Malformed, "an award of another funder", (stage, letter) =>
        {
            letter.Facts[0].ClawbackClaimed.Award = stage.ForumAward.ToRef();
            return letter.Seal();
        })
        .Row(DeliveryRefusal.NeverSent, "what is claimed already", (stage, letter) =>
        {
            stage.Claims(1);
            letter.Facts[0].ClawbackClaimed.To.Sequence++;
            return letter.Seal();
        });

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Claim_ThatIsNotRight_IsRefused(string row) => Table.MustRefuse(row);

    [Fact]
    public void Claim_ThatIsRight_IsRecorded() => Table.MustAcceptTheLawful();

    [Theory]
    [InlineData("another's claim")]
    [InlineData("a penny more of one's own than was claimed")]
    [InlineData("money of nobody's")]
    [InlineData("no claim")]
    [InlineData("money that is kept for something")]
    public void Settlement_ThatIsNotRight_IsRefused(string what)
    {
        var stage = new Stage();
        stage.Spends(24_000, Kind.Capital);
        var claim = stage.Claims(4_000, Kind.Capital);
        stage.Council.Issues(stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000)), 9_000);
        var letter = Letter.Of(stage.Council, stage.Government, new SettleClawback(claim, 4_000));
        var sent = letter.Facts[0].TransferSent;
        if (what == "another's claim")
            sent.Clawback.Index++;
        else if (what == "a penny more of one's own than was claimed")
            (sent.AmountPence, sent.Pieces[0].AmountPence) = (4_001, 4_001);
        else if (what == "money of nobody's")
            sent.Pieces[0].Origin.Lot.Body = "E06000099";
        else if (what == "no claim")
            sent.Clawback = null;
        else
            sent.Pieces[0].Line.Earmarks.Add(Write.Led);

        var answer = Assert.Single(stage.Government.Run(new ReceiveDelivery(letter.Seal())).Facts);

        Assert.Equal(what.StartsWith("a penny", StringComparison.Ordinal) ? DeliveryRefusal.NeverSent : DeliveryRefusal.Malformed, answer.TransferRefused.Reason);
    }
}
