using System.Net;
using System.Net.Sockets;

namespace FundingFlows.Local;

/// <summary>Which instance listens where. All ports were free a moment ago.</summary>
/// <param name="Instances">By the names of instances.</param>
/// <param name="Issuer">Of the issuer of tokens.</param>
/// <param name="Gateway">The gateway's ports, also among the instances.</param>
public sealed record PortPlan(IReadOnlyDictionary<string, InstancePorts> Instances, int Issuer, InstancePorts Gateway)
{
    /// <summary>Throws <see cref="LocalException"/> when a port that was asked for is in use.</summary>
    public static PortPlan Make(Topology topology, int port)
    {
        var held = new List<Socket>();
        try
        {
            // Held together, so that no two are the same; let go together, just before they are used.
            // The port that was asked for first: it is the one to name where it is in use.
            var http = Hold(held, port);
            var gateway = new InstancePorts(port == 0 ? Free(held) : Hold(held, port + 1), http);
            var issuer = port == 0 ? Free(held) : Hold(held, port + 2);
            var instances = topology.Instances.ToDictionary(
                instance => instance.Name,
                instance => instance.Service == ServiceKind.Gateway ? gateway : new InstancePorts(Free(held), Free(held)));
            return new PortPlan(instances, issuer, gateway);
        }
        finally
        {
            foreach (var socket in held)
                socket.Dispose();
        }
    }

    private static int Free(List<Socket> held) => Hold(held, 0);

    private static int Hold(List<Socket> held, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Add(socket);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
        }
        catch (SocketException)
        {
            throw new LocalException($"Port {port} is in use: end what uses it, or choose another with --port.");
        }
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
