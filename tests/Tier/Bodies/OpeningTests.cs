using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers.Tests;

/// <summary>Which ids are those of bodies, and what opens a body's journal.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly RightSettings right = new();

    public OpeningTests()
    {
        right["Directory:mhclg"] = "council";
        right["Directory:north-east"] = "council";
        right["Organisations:GB-CHC-1234567"] = "north-east";
        right["Organisations:GB-COH-SC123456"] = "north-east";
    }

    private string Key => Path.Combine(right.Folder, "data", "keys", "E06000047.pem");

    public void Dispose() => right.Dispose();

    [Theory]
    [InlineData("E06000047", true)]
    [InlineData("mhclg", true)]
    [InlineData("north-east", true)]
    [InlineData("x-E06000047", false)]
    [InlineData("GB-LAE-E06000047", false)]
    [InlineData("MHCLG", false)]
    [InlineData("east", false)]
    public async Task Id_OfABody_IsOneExactlyAsItIsWritten(string id, bool expected)
    {
        await using var instance = await right.StartAsync();
        Assert.Equal(expected, instance.Services.GetRequiredService<BodyHost>().IsBody(id));
    }

    [Theory]
    [InlineData("GB-LAE-E06000047", true)]
    [InlineData("GB-LAE-e06000047", true)]
    [InlineData("GB-GOV-MHCLG", true)]
    [InlineData("GB-GOV-mhclg", true)]
    [InlineData("GB-LAE-north-east", true)]
    [InlineData("GB-LAE-North-East", true)]
    [InlineData("GB-CHC-1234567", true)]
    [InlineData("GB-COH-SC123456", true)]
    [InlineData("GB-COH-sc123456", true)]
    [InlineData("GB-SC-1234567", false)]
    [InlineData("GB-LAE-east", false)]
    [InlineData("GB-COH-x-E06000047", false)]
    [InlineData("GB-COH-12345678", false)]
    public async Task Organisation_OfABody_IsOneByItsWholeNumberInAnyCase(string organisation, bool expected)
    {
        await using var instance = await right.StartAsync();
        Assert.Equal(expected, instance.Services.GetRequiredService<BodyHost>().IsBodysOrganisation(organisation));
    }

    [Fact]
    public async Task Journal_WhoseKeyIsGone_IsNotServedAndGetsNoOtherKey()
    {
        await (await right.StartAsync()).DisposeAsync();
        var kept = Path.Combine(right.Folder, "kept.pem");
        File.Move(Key, kept);

        await using (var instance = await right.StartAsync())
        {
            var bodies = instance.Services.GetRequiredService<BodyHost>();
            Assert.Equal(
                [("E06000047", $"The journal of E06000047 has begun and its key {Key} is not there: put the key back from a backup, and start again.")], bodies.NotServing);
            Assert.False(File.Exists(Key));
        }

        File.Move(kept, Key);
        await using var again = await right.StartAsync();
        Assert.Empty(again.Services.GetRequiredService<BodyHost>().NotServing);
    }

    [Fact]
    public async Task Body_ThatIsCalledOtherwiseNow_Serves()
    {
        await (await right.StartAsync()).DisposeAsync();
        right["Bodies:0:OfficialName"] = "County Durham";

        await using var instance = await right.StartAsync();

        Assert.Empty(instance.Services.GetRequiredService<BodyHost>().NotServing);
    }
}
