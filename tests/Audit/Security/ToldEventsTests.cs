using FundingFlows.Contracts.Links.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Audit.Tests;

/// <summary>Of what an instance tells that it turned away, only what has the form that an honest one gives it is taken over, and so much of it.</summary>
public sealed class ToldEventsTests
{
    private const string Marker = "words-that-nobody-may-have-shown";

    private static readonly Dictionary<string, Action<SecurityEvent>> Forms = new()
    {
        ["no kind"] = told => told.Kind = SecurityEventKind.Unspecified,
        ["a kind that nobody knows"] = told => told.Kind = (SecurityEventKind)99,
        ["a kind below all"] = told => told.Kind = (SecurityEventKind)(-1),
        ["no reason"] = told => told.Reason = "",
        ["a sentence as the reason"] = told => told.Reason = $"See {Marker}",
        ["a reason in small letters"] = told => told.Reason = "peer_signature_wrong",
        ["a reason of two lines"] = told => told.Reason = "PEER_SIGNATURE_WRONG\n",
        ["a reason in other letters"] = told => told.Reason = "PEER_SIGNATURE_WRONÉ",
        ["a reason that is too long"] = told => told.Reason = new string('A', 64),
        ["a sender that has no address"] = told => told.ClaimedSender = Marker,
        ["a receiver that has no address"] = told => told.Receiver = Marker,
        ["nothing counted"] = told => told.Count = 0,
        ["more counted than can be"] = told => told.Count = ulong.MaxValue,
        ["no first time"] = told => told.FirstAt = null,
        ["no last time"] = told => told.LastAt = null,
        ["a time that cannot be written"] = told => told.LastAt = new Timestamp { Seconds = long.MaxValue },
        ["a time before all"] = told => told.FirstAt = new Timestamp { Seconds = long.MinValue },
        ["a time with too many parts"] = told => told.LastAt = new Timestamp { Nanos = 1_000_000_000 },
    };

    public static TheoryData<string> Wrong => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Event_OfAnotherForm_IsDroppedAndCounted(string what)
    {
        var told = Honest();
        Forms[what](told);
        var events = Told();

        events.Take(told);
        events.Take(Honest());

        Assert.Equal(1, events.Dropped);
        Assert.Equal(Shown(), Assert.Single(events.Taken));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("durham", "")]
    [InlineData("", "durham")]
    public void Event_OfTheForm_IsTakenOver(string claimed, string receiver)
    {
        var events = Told();
        foreach (var kind in System.Enum.GetValues<SecurityEventKind>().Where(kind => kind != SecurityEventKind.Unspecified))
            events.Take(new SecurityEvent(Honest()) { Kind = kind, ClaimedSender = claimed, Receiver = receiver });

        Assert.Equal(System.Enum.GetValues<SecurityEventKind>().Length - 1, events.Taken.Count);
        Assert.All(events.Taken, one => Assert.Equal((claimed, receiver, "council-a"), (one.ClaimedSender, one.Receiver, one.Instance)));
        Assert.Equal(0, events.Dropped);
    }

    [Fact]
    public void Event_OfAnotherInstanceAndWithMoreInIt_IsShownAsThisInstancesAndWithoutIt()
    {
        var bytes = new SecurityEvent(Honest()) { Instance = Marker }.ToByteArray();
        var more = new byte[] { 0x9a, 0x06, (byte)Marker.Length }.Concat(System.Text.Encoding.UTF8.GetBytes(Marker)).ToArray();
        var events = Told();

        events.Take(SecurityEvent.Parser.ParseFrom([.. bytes, .. more]));

        Assert.Equal(Shown().ToByteString(), Assert.Single(events.Taken).ToByteString());
    }

    [Fact]
    public void Event_ToldTwice_IsTakenOnce()
    {
        var events = Told();

        events.Take(Honest());
        events.Take(new SecurityEvent(Honest()) { Count = 9 });

        Assert.Equal((1, 3ul), (events.Dropped, Assert.Single(events.Taken).Count));
    }

    [Fact]
    public void Events_MoreThanAnHonestInstanceRemembers_AreDropped()
    {
        var events = Told();

        for (var i = 0; i < SecurityRecord.Most + 7; i++)
            events.Take(new SecurityEvent(Honest()) { Reason = $"R{i}" });

        Assert.Equal((SecurityRecord.Most, 7, true), (events.Taken.Count, events.Dropped, events.IsFull));
    }

    private static ToldEvents Told() => new("council-a", body => body is "durham" or "hartlepool");

    private static SecurityEvent Honest() => new()
    {
        Kind = SecurityEventKind.DeliveryRefused,
        Reason = "PEER_SIGNATURE_WRONG",
        ClaimedSender = "hartlepool",
        Receiver = "durham",
        Count = 3,
        FirstAt = new Timestamp { Seconds = 1_775_000_000 },
        LastAt = new Timestamp { Seconds = 1_775_000_009 },
    };

    private static SecurityEvent Shown() => new(Honest()) { Instance = "council-a" };
}
