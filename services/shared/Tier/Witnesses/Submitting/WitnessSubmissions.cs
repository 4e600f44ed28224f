using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// Sends the checkpoints of every hosted body to its witnesses: who registers it, and the auditor. Nothing waits for it: a witness that is
/// away, or that refuses, holds up no command, no delivery and no reply.
/// </summary>
public sealed class WitnessSubmissions(
    IOptions<InstanceOptions> options, BodyHost bodies, AddressBook addresses, IOutside outside, Cosigned cosigned, TimeProvider time, ILogger<WitnessSubmissions> log) : BackgroundService
{
    private const int MostBytes = 1 << 16;
    private readonly WebRequests web = new(outside, MostBytes);

    public override void Dispose()
    {
        web.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(options.Value.Bodies.SelectMany(body => new[]
    {
        Begin(body.Id, RegistrarOfAsync, "its registering body", stoppingToken),
        Begin(body.Id, (_, _) => Task.FromResult(AuditOf()), "the auditor", stoppingToken),
    }));

    private Task Begin(string body, Func<HostedBody, CancellationToken, Task<WitnessPlace?>> find, string which, CancellationToken stopping)
    {
        // Seeded by the pair's names: no secret, and each pair has its own.
        var jitter = new Random(BitConverter.ToInt32(MerkleHash.Leaf(Encoding.UTF8.GetBytes($"{body} {which}"))));
        var pair = new WitnessPair(body, find, which, bodies, cosigned, web, options.Value.WitnessInterval, time, jitter, log);
        return Background.RunAsync(() => pair.RunAsync(stopping));
    }

    private WitnessPlace? AuditOf() => PlaceOf(addresses.HttpOfAudit, WitnessedByAudit.Name);

    /// <summary>Who answers for the body's registration now. Null: nobody but itself.</summary>
    private async Task<WitnessPlace?> RegistrarOfAsync(HostedBody body, CancellationToken cancellation)
    {
        var registrar = await body.Sequencer.ReadAsync(books => books.Registrar, cancellation);
        return registrar == body.Id ? null : PlaceOf(addresses.HttpOf(registrar), registrar);
    }

    private WitnessPlace? PlaceOf(Uri? address, string witness) =>
        address is null ? null : new WitnessPlace(new Uri(address, $"witness/{witness}/"), WitnessKeys.NameOf(options.Value.Federation, witness));
}

/// <summary>Where a witness is.</summary>
/// <param name="Prefix">Its submission prefix, with a slash at its end.</param>
/// <param name="Name">What it is called in its signatures.</param>
internal sealed record WitnessPlace(Uri Prefix, string Name);
