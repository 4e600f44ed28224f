using CsCheck;

namespace FundingFlows.Journal.Tests;

/// <summary>An id that was ever bound is in memory, or is said to be looked for in the store.</summary>
public sealed class CommandIdsTests
{
    [Fact]
    public void Id_ThatWasBound_IsRecentOrMayBeOlder() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[0, 20].List[0, 40]).Sample((capacity, seconds) =>
        {
            var ids = new CommandIds(capacity);
            var bound = seconds.Select((second, i) => Ask.Id(i, DateTimeOffset.UnixEpoch.AddSeconds(second))).ToList();
            foreach (var (i, id) in bound.Index())
                ids.Bind(id, i);

            foreach (var (i, id) in bound.Index())
            {
                var isRecent = i >= bound.Count - capacity;
                Assert.Equal(isRecent ? i : null, ids.Find(id));
                Assert.True(isRecent || ids.MayBeOlder(id));
            }
        });

    [Fact]
    public void Id_LaterThanAllThatWereLetGo_IsNotLookedForInTheStore()
    {
        var ids = new CommandIds(2);
        Assert.False(ids.MayBeOlder(Ask.Id(1, DateTimeOffset.UnixEpoch)));
        for (var i = 0; i < 5; i++)
            ids.Bind(Ask.Id(i, DateTimeOffset.UnixEpoch.AddSeconds(i)), i);

        Assert.True(ids.MayBeOlder(Ask.Id(99, DateTimeOffset.UnixEpoch.AddSeconds(2))));
        Assert.False(ids.MayBeOlder(Ask.Id(99, DateTimeOffset.UnixEpoch.AddSeconds(2).AddMilliseconds(1))));
    }

    [Fact]
    public void Time_OfAnId_IsThatOfItsMaking() => Gen.Long[0, 253_402_300_799_999].Sample(milliseconds =>
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        Assert.Equal(milliseconds, CommandIdentity.TimeOf(Guid.CreateVersion7(at)));
        Assert.True(CommandIdentity.IsVersion7(Guid.CreateVersion7(at)));
    });

    [Theory]
    [InlineData("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", true)]
    [InlineData("017f22e2-79b0-4cc3-98c4-dc0c0c07398f", false)]
    [InlineData("017f22e2-79b0-7cc3-18c4-dc0c0c07398f", false)]
    [InlineData("017f22e2-79b0-7cc3-c8c4-dc0c0c07398f", false)]
    [InlineData("017f22e2-79b0-7cc3-b8c4-dc0c0c07398f", true)]
    [InlineData("00000000-0000-0000-0000-000000000000", false)]
    public void Id_OfAnotherVersionOrVariant_IsNotVersion7(string id, bool expected)
    {
        Assert.Equal(expected, CommandIdentity.IsVersion7(Guid.Parse(id)));
        if (expected)
            Assert.Equal(0x017F22E279B0, CommandIdentity.TimeOf(Guid.Parse(id)));
    }
}
