using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FundingFlows.Ledger.Tests;

/// <summary>A fact that says where it goes is carried there, and one that names a delivery or an answer is found by it: none is forgotten.</summary>
public sealed class TravellingFactsTests
{
    public static TheoryData<string> Kinds => [.. Fact.Descriptor.Oneofs.Single(choice => choice.Name == "kind").Fields.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fact_OfThatKind_TravelsAndAnswersAsItSays(string kind)
    {
        var field = Fact.Descriptor.FindFieldByName(kind);
        var message = field.MessageType.Parser.ParseFrom([]);
        var to = Fill(message, "to", new Addressed { Body = "forum", Sequence = 3 });
        var delivery = Fill(message, "delivery", new DeliveryRef { Entry = new EntryRef { Body = "forum", Epoch = 1, Index = 4 }, Sequence = 3 });
        var answer = Fill(message, "answer", new AnswerRef { Entry = new EntryRef { Body = "forum", Epoch = 1, Index = 5 } });
        var fact = new Fact();
        field.Accessor.SetValue(fact, message);

        Assert.Equal((to, delivery, answer), (DeliveredFacts.AddressOf(fact), DeliveredFacts.AnsweredBy(fact), DeliveredFacts.AnswerIn(fact)));
    }

    /// <summary>Gives a fact that part, where it has one of that name and type.</summary>
    private static T? Fill<T>(IMessage fact, string name, T part)
        where T : class, IMessage
    {
        if (fact.Descriptor.FindFieldByName(name) is not { FieldType: FieldType.Message, IsRepeated: false } field || field.MessageType != part.Descriptor)
            return null;
        field.Accessor.SetValue(fact, part);
        return part;
    }
}
