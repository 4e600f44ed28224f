using System.Runtime.CompilerServices;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>Whatever the topology: only who hosts bodies may publish that their journals moved, and only who funds others, and the auditor, may hear of it.</summary>
public sealed class SidecarFilesTests
{
    private static readonly string Kept = Path.Combine(Path.GetDirectoryName(Here())!, "../../../apphost/dapr");

    public static TheoryData<string> Topologies => ["sample", "country", "test"];

    [Theory]
    [MemberData(nameof(Topologies))]
    public void Scopes_OfATopology_LetNobodyElsePublishOrSubscribe(string which)
    {
        var topology = Made(which);
        var component = new ComponentText(SidecarFiles.PubSubOf(topology, SidecarFiles.UsualRedis));

        foreach (var instance in topology.Instances)
        {
            var (owns, hears, audits) = (topology.HostedBy(instance).Any(), instance.Service == ServiceKind.Audit || Funds(topology, instance), instance.Service == ServiceKind.Audit);
            Assert.Equal(
                (owns, hears, hears, audits),
                (component.MayPublish(instance.Name, "journal"), component.MayPublish(instance.Name, "journal-dead"), component.MaySubscribe(instance.Name, "journal"), component.MaySubscribe(instance.Name, "journal-dead")));
            // No topic but these two.
            Assert.False(component.MayPublish(instance.Name, "another") || component.MaySubscribe(instance.Name, "another"));
        }
        foreach (var topic in new[] { "journal", "journal-dead" })
            Assert.False(component.MayPublish("a-stranger", topic) || component.MaySubscribe("a-stranger", topic));
    }

    /// <summary>An instance of councils that have no forum under them is no funder's; one of a council that goes on for a funder becomes one without anybody looking at the file.</summary>
    [Fact]
    public void Scopes_OfAnInstanceThatFundsNobody_LetItHearNothing()
    {
        var topology = TestTopology.Make();
        var component = new ComponentText(SidecarFiles.PubSubOf(topology, SidecarFiles.UsualRedis));
        Assert.Empty(topology.HostedBy(topology.Instances.Single(instance => instance.Name == TestTopology.CouncilB)).SelectMany(body => topology.FundedFrom(body.Id)));

        Assert.True(component.MayPublish(TestTopology.CouncilB, "journal"));
        Assert.False(component.MaySubscribe(TestTopology.CouncilB, "journal") || component.MayPublish(TestTopology.CouncilB, "journal-dead"));
        foreach (var funder in new[] { TestTopology.CentralInstance, TestTopology.RegionInstance, TestTopology.CouncilA, TestTopology.AuditInstance })
            Assert.True(component.MaySubscribe(funder, "journal"), funder);

        var later = topology with { Bodies = [.. topology.Bodies.Select(body => body.Id == TestTopology.Durham ? body with { SucceededBy = [TestTopology.Hartlepool] } : body)] };
        Assert.True(new ComponentText(SidecarFiles.PubSubOf(later, SidecarFiles.UsualRedis)).MaySubscribe(TestTopology.CouncilB, "journal"));
    }

    [Fact]
    public void Files_OfTheSample_AreThoseThatAreKept()
    {
        using var folder = new DataFolder();
        SidecarFiles.Write(Made("sample"), folder["made"], SidecarFiles.UsualRedis);

        foreach (var file in new[] { SidecarFiles.PubSub, SidecarFiles.Resiliency })
            Assert.Equal(File.ReadAllText(Path.Combine(Kept, file)).ReplaceLineEndings("\n"), File.ReadAllText(folder[$"made/{file}"]));
        Assert.Equal(2, Directory.GetFiles(folder["made"]).Length);
    }

    [Fact]
    public void Files_ForAHostThatGivesTheAddress_DifferInThatAlone()
    {
        var (plain, hosted) = (SidecarFiles.PubSubOf(Made("sample"), SidecarFiles.UsualRedis).Split('\n'), SidecarFiles.PubSubOf(Made("sample"), redis: null).Split('\n'));

        var differing = Assert.Single(plain.Zip(hosted), lines => lines.First != lines.Second);
        Assert.Equal(("      value: \"localhost:6379\"", "      envRef: FUNDINGFLOWS_REDIS_HOST"), differing);
        Assert.Equal(plain.Length, hosted.Length);
    }

    [Fact]
    public async Task Command_ForATopology_WritesItsFiles()
    {
        using var folder = new DataFolder();
        File.WriteAllText(folder["other.json"], File.ReadAllText(Topology.SamplePath).Replace("council-b", "tees-councils", StringComparison.Ordinal));

        var (code, output, errors) = await LocalHost.RunAsync("dapr-components", "--topology", folder["other.json"], "--out", folder["made"], "--redis", "redis.example:7000");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("central-government, combined-authorities, council-a, tees-councils, neighbourhood-forums, audit", output, StringComparison.Ordinal);
        Assert.DoesNotContain("gateway", output, StringComparison.Ordinal);
        var text = File.ReadAllText(folder["made/pubsub.yaml"]);
        Assert.Contains("value: \"redis.example:7000\"", text, StringComparison.Ordinal);
        Assert.True(new ComponentText(text).MaySubscribe("tees-councils", "journal"));
        Assert.False(new ComponentText(text).MaySubscribe("council-b", "journal"));
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("redis:")]
    [InlineData(":6379")]
    [InlineData("redis:6379\"")]
    [InlineData("redis:6379\n")]
    [InlineData("a b:6379")]
    public async Task Address_ThatIsNone_IsNamedAndNothingIsWritten(string redis)
    {
        using var folder = new DataFolder();

        var (code, output, errors) = await LocalHost.RunAsync("dapr-components", "--out", folder["made"], "--redis", redis);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("is no address of a Redis: give a host and a port, such as localhost:6379.", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["made"]));
    }

    [Fact]
    public async Task Folder_ThatCannotBeWritten_IsNamed()
    {
        using var folder = new DataFolder();
        File.WriteAllText(folder["file"], "");

        var (code, _, errors) = await LocalHost.RunAsync("dapr-components", "--out", folder["file/made"]);

        Assert.Equal(2, code);
        Assert.StartsWith("The files for sidecars cannot be written to", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static bool Funds(Topology topology, Instance instance) => topology.HostedBy(instance).Any(body => topology.FundedFrom(body.Id).Any());

    private static Topology Made(string which) => which switch
    {
        "sample" => TopologyReader.Read(Topology.SamplePath),
        "country" => SmallCountry.Topology,
        _ => TestTopology.Make(),
    };

    private static string Here([CallerFilePath] string path = "") => path;
}
