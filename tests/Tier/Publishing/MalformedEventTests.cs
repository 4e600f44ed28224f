using System.Text;
using Microsoft.Extensions.Logging;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>What is no event of a journal is dropped, since it would be no better the next time, and the log says so and no more.</summary>
public sealed class MalformedEventTests(EventfulTown eventful) : IClassFixture<EventfulTown>
{
    private const string Marker = "words-that-no-log-may-show";

    private static readonly Dictionary<string, byte[]> Malformed = new()
    {
        ["nothing"] = [],
        ["bytes"] = [0xff, 0xfe, 0x00],
        ["words"] = Encoding.UTF8.GetBytes(Marker),
        ["half of it"] = Encoding.UTF8.GetBytes($$"""{"type":"fundingflows.journal.moved.v1","data":{"body":"{{Marker}}" """),
        ["null"] = "null"u8.ToArray(),
        ["a number"] = "42"u8.ToArray(),
        ["a list"] = Encoding.UTF8.GetBytes($"[\"{Marker}\"]"),
        ["no attributes"] = "{}"u8.ToArray(),
        ["no type"] = Encoding.UTF8.GetBytes($$"""{"data":{"body":"{{Marker}}"} }"""),
        ["another type"] = Encoding.UTF8.GetBytes($$"""{"type":"com.dapr.event.sent","data":{"body":"{{Marker}}"} }"""),
        ["a type that is a number"] = Encoding.UTF8.GetBytes($$"""{"type":1,"data":{"body":"{{Marker}}"} }"""),
        ["no data"] = """{"type":"fundingflows.journal.moved.v1"}"""u8.ToArray(),
        ["data in base 64"] = """{"type":"fundingflows.journal.moved.v1","data_base64":"e30="}"""u8.ToArray(),
        ["data that is null"] = Event("null"),
        ["data that is words"] = Event($"\"{Marker}\""),
        ["data that is a list"] = Event("[{}]"),
        ["no body"] = Event($$"""{"checkpoint":"{{Marker}}"}"""),
        ["a body that is null"] = Event("""{"body":null}"""),
        ["a body that is a number"] = Event("""{"body":7}"""),
        ["a body that is a list"] = Event($$"""{"body":["{{Marker}}"]}"""),
        ["a body that is half a letter"] = Event("""{"body":"\ud800"}"""),
        ["a body that is no UTF-8"] = [.. """{"type":"fundingflows.journal.moved.v1","data":{"body":"""u8, (byte)'"', 0xc3, 0x28, .. "\"}}"u8],
        ["a checkpoint that is a number"] = Event($$"""{"body":"{{Easington}}","checkpoint":1}"""),
        ["an index that is words"] = Event($$"""{"body":"{{Easington}}","lastIndex":"{{Marker}}"}"""),
        ["an epoch that is a list"] = Event($$"""{"body":"{{Easington}}","epoch":["{{Marker}}"]}"""),
        ["an epoch below zero"] = Event($$"""{"body":"{{Easington}}","epoch":-1}"""),
        ["very deep data"] = Event(string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200)),
    };

    public static TheoryData<string> Names => [.. Malformed.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Event_ThatCannotBeRead_IsDroppedAndLogged(string what)
    {
        foreach (var instance in new[] { AuditInstance, CouncilA })
        {
            var said = eventful.Town.Federation.Log.Lines.Count;

            Assert.Equal(EventVerdict.Drop, await eventful.Dapr.PostAsync(EventTown.PubSub, JournalMoved.Topic, instance, Malformed[what]));

            var lines = eventful.Town.Federation.Log.Lines.Skip(said).ToList();
            Assert.Contains(lines, line => line.Level == LogLevel.Warning && line.Line.Contains("An event that does not say which journal moved is dropped.", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.Line.Contains(Marker, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Event_BehindMalformedOnes_IsStillTaken()
    {
        foreach (var malformed in Malformed.Values)
            await eventful.Dapr.PostAsync(EventTown.PubSub, JournalMoved.Topic, AuditInstance, malformed);

        await eventful.Officers.PayAsync(Easington, Kind.Capital, 1_00);

        await eventful.Town.AuditedAsync(Easington);
    }

    private static byte[] Event(string data) => Encoding.UTF8.GetBytes($$"""{"type":"fundingflows.journal.moved.v1","specversion":"1.0","data":{{data}} }""");
}
