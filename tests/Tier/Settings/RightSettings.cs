using FundingFlows.Journal;
using FundingFlows.Topologies;

namespace FundingFlows.Tiers.Tests;

/// <summary>Settings with which a council's instance starts, to spoil.</summary>
internal sealed class RightSettings : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fundingflows-settings-");
    private readonly Dictionary<string, string?> settings;

    public RightSettings() => settings = new()
    {
        ["FundingFlows:Federation"] = "here",
        ["FundingFlows:TrustRoot"] = KeyOf("here"),
        ["FundingFlows:Data"] = Path.Combine(folder.FullName, "data"),
        ["FundingFlows:Bodies:0:Id"] = "E06000047",
        ["FundingFlows:Bodies:0:OfficialName"] = "Durham",
        ["FundingFlows:Bodies:0:RegisteredBy"] = "mhclg",
        ["FundingFlows:Directory:E06000047"] = "council",
        ["FundingFlows:Instances:council:Grpc"] = "http://127.0.0.1:1",
    };

    public string Folder => folder.FullName;

    public string? this[string setting]
    {
        set => settings[$"FundingFlows:{setting}"] = value;
    }

    /// <summary>The key of a federation's root, as its settings name it.</summary>
    public static string KeyOf(string federation) => KeyNamed($"{federation}/mhclg/1");

    public static string KeyNamed(string name)
    {
        using var key = BodyKey.Generate();
        return VerifierKey.Of(name, key.PublicKey).ToString();
    }

    /// <summary>A setting without its section.</summary>
    public void SetWhole(string name, string value) => settings[name] = value;

    public void Remove(string setting) => settings.Remove($"FundingFlows:{setting}");

    public Task<TestInstance> StartAsync() => TestInstance.StartAsync(ServiceKind.Council, settings, new SaidLog());

    public void Dispose() => folder.Delete(recursive: true);
}
