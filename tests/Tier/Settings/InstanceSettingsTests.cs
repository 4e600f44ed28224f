using FundingFlows.Journal;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers.Tests;

/// <summary>A wrong setting stops an instance at start, with one sentence that names it. All of them are told at once.</summary>
public sealed class InstanceSettingsTests : IDisposable
{
    private readonly RightSettings right = new();

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Federation", "", "'' is no id of a federation: use letters, digits, dots and hyphens." },
        { "Federation", "two words", "'two words' is no id of a federation: use letters, digits, dots and hyphens." },
        { "TrustRoot", "", "is not a C2SP verifier key (name+id+key)." },
        { "TrustRoot", "nonsense", "is not a C2SP verifier key (name+id+key)." },
        { "TrustRoot", RightSettings.KeyOf("elsewhere"), "is the key of elsewhere/mhclg/1, which is not of federation here." },
        { "TrustRoot", RightSettings.KeyNamed("here/x"), "is the key of here/x, which names no journal: federation/body/epoch." },
        { "TrustRoot", RightSettings.KeyNamed("here/mhclg/0"), "is the key of here/mhclg/0, which names no journal: federation/body/epoch." },
        { "TrustRoot", RightSettings.KeyNamed("here/mhclg/01"), "is the key of here/mhclg/01, which names no journal: federation/body/epoch." },
        { "TrustRoot", RightSettings.KeyNamed("here/mhclg/one"), "is the key of here/mhclg/one, which names no journal: federation/body/epoch." },
        { "TrustRoot", RightSettings.KeyNamed("here//1"), "is the key of here//1, which names no journal: federation/body/epoch." },
        { "TrustRoot", RightSettings.KeyNamed("here/mhclg/1/1"), "is the key of here/mhclg/1/1, which names no journal: federation/body/epoch." },
        { "RootKeeps", "nonsense", "is no signed checkpoint of at least 1 entry, as C2SP tlog-checkpoint says." },
        { "RootKeeps", NoteOf("here/mhclg/1", 0), "is no signed checkpoint of at least 1 entry, as C2SP tlog-checkpoint says." },
        { "RootKeeps", NoteOf("here/mhclg/3", 7), "is a checkpoint of here/mhclg/3, which is no earlier epoch of here/mhclg/2, the journal that TrustRoot names." },
        { "RootKeeps", NoteOf("here/other/1", 7), "is a checkpoint of here/other/1, which is no earlier epoch of here/mhclg/2, the journal that TrustRoot names." },
        { "RootKeeps", NoteOf("here/mhclg/1", 7), "is not signed with the key of TrustRoot." },
        { "Data", " ", "names no folder for journals." },
        { "Store", "postgres://db.example/journals", "is no connection string of a PostgreSQL database: Host=...;Database=...;Username=...;Password=..." },
        { "Bodies:0:Id", "no body", "'no body', registered by 'mhclg', cannot be hosted: both must be ids of bodies." },
        { "Bodies:0:RegisteredBy", "", "'E06000047', registered by '', cannot be hosted: both must be ids of bodies." },
        { "Bodies:0:OfficialName", "", "E06000047 needs an official name of 1 to 100 characters." },
        { "Bodies:0:OfficialName", new string('x', 101), "E06000047 needs an official name of 1 to 100 characters." },
        { "Bodies:1:Id", "E06000047", "E06000047 is hosted twice." },
        { "Directory:E06000001", "nowhere", "E06000001 is at nowhere, which has no address under Instances." },
        {
            "Organisations:1234567", "E06000047",
            "'1234567' is no identifier of the organisation 'E06000047': write it as org-id.guide does, for example GB-CHC-1234567, and a body's id."
        },
        {
            "Organisations:GB-CHC-1234567", "no body",
            "'GB-CHC-1234567' is no identifier of the organisation 'no body': write it as org-id.guide does, for example GB-CHC-1234567, and a body's id."
        },
        { "Instances:other:Grpc", "", "other has no gRPC address that begins with http:// or https://." },
        { "Instances:other:Grpc", "localhost:7001", "other has no gRPC address that begins with http:// or https://." },
        { "Audit", "nowhere", "is nowhere, which has no address under Instances." },
        { "Ports:Grpc", "-1", "are -1 and 0; a port is 1 to 65535, or 0 for any that is free." },
        { "Ports:Http", "65536", "are 0 and 65536; a port is 1 to 65535, or 0 for any that is free." },
        { "SignIn:Authority", "issuer.example", "'issuer.example' is not the address of an issuer of tokens." },
        { "SignIn:Authority", "http://127.0.0.1:1", "'http://127.0.0.1:1' is not reached by HTTPS, which RequireHttps asks for." },
        { "SignIn:Audience", "", "names no audience: no token could be believed." },
        { "CheckpointInterval", "-00:00:01", "is -00:00:01; it is from 0 to a day." },
        { "CheckpointInterval", "60.00:00:00", "is 60.00:00:00; it is from 0 to a day." },
        { "WitnessInterval", "-00:00:01", "is -00:00:01; it is from 0 to a day." },
        { "WitnessInterval", "60.00:00:00", "is 60.00:00:00; it is from 0 to a day." },
        { "Events:LookAnyway", "00:00:00", "look anyway every 00:00:00; it is above 0 and at most a day." },
        { "Events:LookAnyway", "60.00:00:00", "look anyway every 60.00:00:00; it is above 0 and at most a day." },
        { "Courier:AlarmAfter", "00:00:00", "alarms after 00:00:00; it is above 0 and at most a day." },
        { "Courier:AlarmAfter", "60.00:00:00", "alarms after 60.00:00:00; it is above 0 and at most a day." },
        { "Events:PubSub", "", "name no pub/sub component." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Setting_ThatIsWrong_StopsTheInstanceWithASentence(string setting, string value, string sentence)
    {
        if (setting == "RootKeeps")
            right["TrustRoot"] = RightSettings.KeyNamed("here/mhclg/2");
        if (setting == "Bodies:1:Id")
            (right["Bodies:1:OfficialName"], right["Bodies:1:RegisteredBy"]) = ("Durham again", "mhclg");
        right[setting] = value;
        Assert.Equal([$"FundingFlows:{setting.Split(':')[0]} {sentence}"], await FaultsAsync());
    }

    [Fact]
    public async Task Body_WithNineOrganisations_HasTooMany()
    {
        foreach (var number in Enumerable.Range(1, 9))
            right[$"Organisations:GB-CHC-{number}"] = "E06000047";
        Assert.Equal(["FundingFlows:Organisations E06000047 has 9 identifiers as an organisation; a body has at most 8."], await FaultsAsync());
    }

    [Fact]
    public async Task Settings_ThatAreWrong_AreAllTold()
    {
        (right["Federation"], right["Data"], right["Ports:Http"], right["SignIn:Authority"], right["CheckpointInterval"]) = ("", "", "70000", "x", "-1");
        Assert.Equal(
            ["FundingFlows:CheckpointInterval", "FundingFlows:Data", "FundingFlows:Federation", "FundingFlows:Ports", "FundingFlows:SignIn"],
            (await FaultsAsync()).Select(fault => fault.Split(' ')[0]));
    }

    [Theory]
    [InlineData("Ports:Grpc", "many")]
    [InlineData("CheckpointInterval", "soon")]
    [InlineData("StopWithStandardInput", "perhaps")]
    public async Task Setting_OfAnotherSort_StopsTheInstanceAndIsNamed(string setting, string value)
    {
        right[setting] = value;
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(right.StartAsync);
        Assert.Contains($"'{value}' at 'FundingFlows:{setting}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_ThatAreRight_LetItStart()
    {
        await using var instance = await right.StartAsync();
        Assert.StartsWith("http://127.0.0.1:", instance.Addresses.Grpc, StringComparison.Ordinal);
    }

    public void Dispose() => right.Dispose();

    private static string NoteOf(string origin, long size)
    {
        using var key = BodyKey.Generate();
        return new Checkpoint(origin, size, MerkleHash.Empty()).Sign(VerifierKey.Of(origin, key.PublicKey), key);
    }

    private async Task<IEnumerable<string>> FaultsAsync()
    {
        const string Before = "error: '";
        var faults = (await Assert.ThrowsAsync<OptionsValidationException>(right.StartAsync)).Failures;
        return faults.Select(fault => fault[(fault.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..^2]).Order(StringComparer.Ordinal);
    }
}
