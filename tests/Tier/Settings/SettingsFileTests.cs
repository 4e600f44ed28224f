using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers.Tests;

/// <summary>The file of settings that a host names: below everything that is said elsewhere.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly RightSettings right = new();

    [Fact]
    public async Task File_OfSettings_IsReadBelowWhatIsSaidElsewhere()
    {
        right.SetWhole("FundingFlowsSettings", Write("""{"FundingFlows:CheckpointInterval": "00:00:07", "FundingFlows": {"Federation": "elsewhere", "Events": {"PubSub": "other"}}}"""));
        await using var instance = await right.StartAsync();
        var options = instance.Services.GetRequiredService<IOptions<InstanceOptions>>().Value;

        Assert.Equal(("here", "other", TimeSpan.FromSeconds(7)), (options.Federation, options.Events.PubSub, options.CheckpointInterval));
    }

    [Fact]
    public async Task File_OfSettings_MayHoldAWrongOneThatIsTold()
    {
        right.Remove("Federation");
        right.SetWhole("FundingFlowsSettings", Write("""{"FundingFlows:Federation": "two words"}"""));
        Assert.Contains("'two words' is no id of a federation", (await Assert.ThrowsAsync<OptionsValidationException>(right.StartAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatIsNotThere_StopsTheInstanceAndIsNamed()
    {
        var file = Path.Combine(right.Folder, "nowhere.json");
        right.SetWhole("FundingFlowsSettings", file);
        Assert.Contains(file, (await Assert.ThrowsAsync<FileNotFoundException>(right.StartAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatIsNoJson_StopsTheInstanceAndIsNamed()
    {
        var file = Write("{nonsense");
        right.SetWhole("FundingFlowsSettings", file);
        Assert.Contains(file, (await Assert.ThrowsAsync<InvalidDataException>(right.StartAsync)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => right.Dispose();

    private string Write(string json)
    {
        var file = Path.Combine(right.Folder, "settings.json");
        File.WriteAllText(file, json);
        return file;
    }
}
