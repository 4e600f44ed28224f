namespace FundingFlows.Ledger.Tests;

/// <summary>How a body answers what never travels.</summary>
public sealed class OddDeliveryTests
{
    private static readonly Fact.KindOneofCase[] Kinds = [.. Enum.GetValues<Fact.KindOneofCase>().Where(kind => kind != Fact.KindOneofCase.None)];

    [Fact]
    public void Entry_WithoutAFact_IsRefusedAsMalformed() => MustRefuse(null);

    [Fact]
    public void Facts_ThatStayAtHome_AreRefusedAsMalformed()
    {
        var athome = Kinds.Select(Empty).Where(fact => !Travels(fact)).ToList();

        Assert.NotEmpty(athome);
        Assert.All(athome, fact => Assert.Null(DeliveredFacts.AddressOf(fact)));
        Assert.All(athome, MustRefuse);
    }

    [Fact]
    public void Facts_ThatSayWhereTheyGo_GoThere() => Assert.All(Kinds.Select(Empty).Where(Travels), fact =>
    {
        var message = Message(fact);
        message.Descriptor.FindFieldByName("to").Accessor.SetValue(message, new Addressed { Body = "forum-1" });
        Assert.Equal("forum-1", DeliveredFacts.AddressOf(fact)?.Body);
    });

    [Fact]
    public void Facts_ThatTravelButSayNothing_AreRefusedAsMalformed() => Assert.All(Kinds.Select(Empty).Where(Travels), MustRefuse);

    /// <summary>Each kind is refused by a fact of its own sort: money by one that sends it back.</summary>
    private static void MustRefuse(Fact? fact)
    {
        var stage = new Stage();
        var delivery = Answers.Of(stage.Stranger, 1, fact ?? new Fact()) with { };
        if (fact is null)
            delivery = delivery with { Entries = [Answers.Carried(new Entry { Index = 7 })] };

        var answer = Assert.Single(stage.Council.Run(new ReceiveDelivery(delivery)).Facts);

        Assert.Equal(DeliveryRefusal.Malformed, fact?.TransferSent is null ? answer.DeliveryRefused.Reason : answer.TransferRefused.Reason);
        Assert.Null(fact?.TransferSent is null ? answer.TransferRefused as object : answer.DeliveryRefused);
    }

    private static bool Travels(Fact fact) => Message(fact).Descriptor.FindFieldByName("to") is not null;

    private static Google.Protobuf.IMessage Message(Fact fact) =>
        (Google.Protobuf.IMessage)Fact.Descriptor.FindFieldByNumber((int)fact.KindCase).Accessor.GetValue(fact);

    private static Fact Empty(Fact.KindOneofCase kind)
    {
        var fact = new Fact();
        var field = Fact.Descriptor.FindFieldByNumber((int)kind);
        field.Accessor.SetValue(fact, field.MessageType.Parser.ParseFrom([]));
        return fact;
    }
}
