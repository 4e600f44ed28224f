using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>What was recorded is known again by an instance that starts afresh.</summary>
public sealed class RestartTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task EveryCommand_SentAgainAfterARestart_IsTheSame()
    {
        var sent = new List<(Example Example, Recorded Recorded)>();
        foreach (var command in Commands.RecordedNames.Select(row => row.Data))
        {
            var example = Commands.Of(command, town);
            sent.Add((example, RecordedIn(await example.SendAsync(town))));
        }
        var before = await town.QuietAsync();

        foreach (var instance in new[] { CentralInstance, CouncilA, Forums })
        {
            await town.Federation.StopAsync(instance);
            await town.Federation.StartAsync(instance);
        }

        foreach (var (example, recorded) in sent)
        {
            Assert.Equal(recorded, RecordedIn(await example.SendAsync(town)));
            var other = Officers.With(town.Federation.Issuer.Token(Newcastle, Role.Resident));
            Assert.Equal(StatusCode.PermissionDenied, (await Failure.OfAsync(() => example.SendAsync(town, other))).Code);
        }
        Assert.Equal(before, await town.QuietAsync());
    }

    private static Recorded RecordedIn(IMessage answer) => (Recorded)answer.Descriptor.FindFieldByName("recorded").Accessor.GetValue(answer);
}
