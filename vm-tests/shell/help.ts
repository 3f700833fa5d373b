/** What there is in the shell, for `make vm-shell HELP=1` and for its first lines. */
export const commands = `
  console              this machine's serial console, until Ctrl-]; root has no password
  monitor WORD...      asks its QEMU: monitor info registers, monitor stop, monitor cont
  seen                 what was seen of it so far, with times; seen -f goes on
  ceph, rbd, rados     the cluster's administrator, with the lab's ceph.conf
  ip, ss               the lab's network: br0 has the boot server, the monitors and a tap a machine
  lab-help             these lines
`;

/** How to call it. */
export const usage = `make vm-shell: a shell in the lab, beside a machine that runs

  make vm-shell                                   with the machine of the reference example
  make vm-shell HOST=desk2                        with a machine of vm-tests/sites/fleet
  make vm-shell HOST=trixie/desk1                 with one of another configuration there
  make vm-shell RUN='rbd status rbd/hosts/desk1'  runs that alone; where it fails, make ends with 2
  make vm-shell FIRMWARE=uefi LANE=network        how it comes to its kernel
  RBDBOOT_CONFIG=my.config.ts make vm-shell       with the first machine of your own configuration,
                                                  which gets a Debian 12 on ext4

There is nothing of it left when the shell ends: network, cluster and machine are in namespaces of
their own. A machine that does not come up is left as it is, to be looked at. In the shell there are
${commands}`;
