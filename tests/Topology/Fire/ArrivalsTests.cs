using FundingFlows.Fire;
using static FundingFlows.Topologies.Tests.Writing;

namespace FundingFlows.Topologies.Tests;

/// <summary>What the run under fire finds of money that did not arrive as it was sent, and did not come back as it was refused.</summary>
public sealed class ArrivalsTests
{
    private readonly JournalCopy sender = new("ashby");
    private readonly JournalCopy receiver = new("birch");
    private readonly ulong transfer;

    public ArrivalsTests() => transfer = sender.Write(Sent("birch", 100));

    private string Finding => Assert.Single(Checked.Findings());

    private Arrivals Checked => new([sender, receiver]);

    [Fact]
    public void Transfer_ReceivedAndSettled_IsNoFinding()
    {
        receiver.Write(Received(sender.DeliveryOf(transfer), 100));
        sender.Write(Settled(sender.At(transfer)));

        Assert.Empty(Checked.Findings());
        Assert.Equal(0, Checked.Reversed);
    }

    [Fact]
    public void Transfer_RefusedAndReversed_IsNoFinding()
    {
        receiver.Write(Refused(sender.DeliveryOf(transfer)));
        sender.Write(Reversed(sender.At(transfer), 60), Reversed(sender.At(transfer), 40));

        Assert.Empty(Checked.Findings());
        Assert.Equal(1, Checked.Reversed);
    }

    [Fact]
    public void Transfer_InParts_IsOne()
    {
        var other = sender.Write(Sent("birch", 30, drawn: 10), Sent("birch", 30, drawn: 20));
        foreach (var one in (ulong[])[transfer, other])
        {
            receiver.Write(Received(sender.DeliveryOf(one), one == transfer ? 99 : 29), Received(sender.DeliveryOf(one), 1));
            sender.Write(Settled(sender.At(one)));
        }

        Assert.Empty(Checked.Findings());
    }

    [Fact]
    public void Transfer_ThatDrewLess_IsFound()
    {
        var other = sender.Write(Sent("birch", 30, drawn: 29));
        foreach (var one in (ulong[])[transfer, other])
        {
            receiver.Write(Received(sender.DeliveryOf(one), one == transfer ? 100 : 30));
            sender.Write(Settled(sender.At(one)));
        }

        Assert.Equal("ashby says in entry 1 that it sends 30 pence, and sends 29.", Finding);
    }

    [Fact]
    public void Transfer_ThatNobodyDecided_IsFound() => Assert.Equal("100 pence that ashby sent to birch in entry 0 were neither received nor refused.", Finding);

    [Fact]
    public void Transfer_ReceivedTwice_IsFound()
    {
        receiver.Write(Received(sender.DeliveryOf(transfer), 100));
        receiver.Write(Received(sender.DeliveryOf(transfer), 100));
        sender.Write(Settled(sender.At(transfer)));

        Assert.EndsWith("were received 2 times and refused 0 times.", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_ReceivedAndRefused_IsFound()
    {
        receiver.Write(Received(sender.DeliveryOf(transfer), 100));
        receiver.Write(Refused(sender.DeliveryOf(transfer)));
        sender.Write(Settled(sender.At(transfer)));

        Assert.EndsWith("were received 1 times and refused 1 times.", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Penny_LostOnTheWay_IsFound()
    {
        receiver.Write(Received(sender.DeliveryOf(transfer), 99));
        sender.Write(Settled(sender.At(transfer)));

        Assert.EndsWith("were received as 99.", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Money_ThatArrivedAndCameBackToo_IsFound()
    {
        receiver.Write(Received(sender.DeliveryOf(transfer), 100));
        sender.Write(Reversed(sender.At(transfer), 100));

        Assert.EndsWith("arrived, and their sender does not say so, once.", Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Refusal_ThatDidNotBringItBackOnce_IsFound(int times)
    {
        receiver.Write(Refused(sender.DeliveryOf(transfer)));
        for (var time = 0; time < times; time++)
            sender.Write(Reversed(sender.At(transfer), 100));

        Assert.EndsWith("were refused, and did not come back, once.", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Penny_LostOnTheWayBack_IsFound()
    {
        receiver.Write(Refused(sender.DeliveryOf(transfer)));
        sender.Write(Reversed(sender.At(transfer), 99));

        Assert.EndsWith("were refused, and came back as 99.", Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Receipt_AtAnotherBody_IsFound()
    {
        var third = new JournalCopy("cedar");
        third.Write(Received(sender.DeliveryOf(transfer), 100));
        sender.Write(Settled(sender.At(transfer)));

        Assert.Equal(
            [
                "100 pence that ashby sent to birch in entry 0 were neither received nor refused.",
                "cedar answers entry 0 of ashby as a transfer that it has to do with, and it is none.",
            ],
            new Arrivals([sender, receiver, third]).Findings());
    }

    [Fact]
    public void Receipt_OfWhatWasNeverSent_IsFound()
    {
        receiver.Write(Received(sender.DeliveryOf(transfer), 100));
        sender.Write(Settled(sender.At(transfer)));
        receiver.Write(Received(sender.DeliveryOf(1), 100));

        Assert.Equal("birch answers entry 1 of ashby as a transfer that it has to do with, and it is none.", Finding);
    }
}
